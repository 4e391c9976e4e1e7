{# A query of how the given records came from one customer to another, even if they had gone in between: one row per record and time. `assignments` has rows as
   int_customer_assignments has them, `records` each record_id once. #}
{% macro moves_of_records(assignments, records) -%}
select *
from (
    select
        assignments.record_id,
        assignments.record_key,
        assignments.customer_id as from_customer_id,
        lead(assignments.customer_id) over of_record as to_customer_id,
        lead(assignments.valid_from) over of_record as moved_at
    from {{ assignments }} as assignments
    inner join {{ records }} as records on assignments.record_id = records.record_id
    window of_record as (partition by assignments.record_id order by assignments.valid_from)
) as followed
where from_customer_id <> to_customer_id
{%- endmacro %}
