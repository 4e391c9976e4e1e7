{# The pairs of records about which stewards have taken a decision (match or no_match) that is applied: what models of one kind of decision are made of. #}
{% macro decided_pairs(decision) -%}
with decisions as (

    select * from {{ ref('int_decisions') }}

),

final as (

    select
        record_id_a,
        record_id_b,
        min(decided_at) as decided_at,
        min(decided_by) as decided_by,
        min(reason) as reason
    from decisions
    where status = 'applied' and decision = '{{ decision }}'
    group by record_id_a, record_id_b

)

select * from final
{%- endmacro %}
