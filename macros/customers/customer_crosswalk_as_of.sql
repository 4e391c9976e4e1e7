{# The crosswalk as it was at a past time: a relation (record_key, source_system, source_record_id, customer_id) to select from. `time` is a SQL expression of
   a timestamp in UTC. The ids are those of that time; customer_redirects leads from them to today's.

   select customer_id from {{ customer_crosswalk_as_of("timestamp '2026-03-31 23:59:59'") }} as crosswalk where record_key = 'crm:1' #}
{% macro customer_crosswalk_as_of(time) -%}
(
    select
        record_key,
        source_system,
        source_record_id,
        customer_id
    from {{ ref('customer_crosswalk_history') }}
    where valid_from <= {{ time }} and (valid_to is null or valid_to > {{ time }})
)
{%- endmacro %}
