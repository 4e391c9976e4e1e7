{# How many source records had a customer_id before this build, and of how many it differs now. #}
{% macro id_churn() -%}
select
    (select count(*) from {{ earlier_assignments() }} as earlier where valid_to is null) as known_records,
    count(*) as changed_records
from {{ ref('int_assignment_changes') }}
where previous_customer_id is not null and customer_id is not null
{%- endmacro %}

{# Whether the churn is more than the vars allow. A few records that change may be a large share of a small table and yet nothing unusual. #}
{% macro is_id_churn_excessive() -%}
changed_records > {{ var('id_churn_minimum') }} and changed_records > known_records * {{ var('max_id_churn') }}
{%- endmacro %}

{# Run before the new ids are kept: stops the build, in one line, where too many would change. Nothing has changed then. #}
{% macro check_id_churn() %}
    {%- if execute and not flags.EMPTY and flags.WHICH in ['build', 'run', 'retry'] -%}
        {%- set churn = run_query('select known_records, changed_records from (' ~ id_churn() ~ ') as churn where ' ~ is_id_churn_excessive()) -%}
        {%- for row in churn.rows -%}
            {%- do exceptions.raise_compiler_error(
                'the customer_id of ' ~ '{:,}'.format(row[1] | int) ~ ' of ' ~ '{:,}'.format(row[0] | int) ~ ' source records would change, more than max_id_churn ('
                ~ var('max_id_churn') ~ '): find out why in int_assignment_changes; if it is meant, build once with --vars "max_id_churn: 1"'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
