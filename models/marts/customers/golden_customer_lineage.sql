{{ config(
    materialized='delta',
    key='customer_id',
    inputs=['int_customer_records', 'int_source_records', 'int_golden_records', 'int_losing_values'],
) }}

with customer_records as (

    select * from {{ ref('int_customer_records') }}
    where {{ changed('int_customer_versions', 'customer_id') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

golden_records as (

    select * from {{ ref('int_golden_records') }}

),

losing_values as (

    select * from {{ ref('int_losing_values') }}

),

records as (

    select
        customer_records.customer_number,
        customer_records.customer_id,
        customer_records.record_key,
        customer_records.source_system,
        {% for attribute in golden_attributes() -%}
        customer_records.record_position = golden_records.{{ attribute.name }}_position as has_won_{{ attribute.name }},
        golden_records.{{ attribute.name }}_rule,
        golden_records.{{ attribute.name }}_count,
        {% endfor %}
        {% for golden in golden_columns() -%}
        source_records.{{ golden.column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from source_records
    inner join customer_records on source_records.record_id = customer_records.record_id
    inner join golden_records on customer_records.customer_number = golden_records.customer_number

),

-- each record gives the columns of the attributes that it was chosen for
golden_values as (

    {% for golden in golden_columns() -%}
    select
        customer_number,
        customer_id,
        '{{ golden.column }}' as attribute,
        cast({{ golden.column }} as {{ dbt.type_string() }}) as value,
        record_key,
        source_system,
        {{ golden.attribute }}_rule as rule,
        {{ golden.attribute }}_count as candidate_count
    from records
    where has_won_{{ golden.attribute }} and {{ golden.column }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (

    select
        cast(golden_values.customer_id as {{ dbt.type_string() }}) as customer_id,
        cast(golden_values.attribute as {{ dbt.type_string() }}) as attribute,
        cast(golden_values.value as {{ dbt.type_string() }}) as value,
        cast(golden_values.record_key as {{ dbt.type_string() }}) as record_key,
        cast(golden_values.source_system as {{ dbt.type_string() }}) as source_system,
        cast(golden_values.rule as {{ dbt.type_string() }}) as rule,
        cast(coalesce(losing_values.losing_values, '[]') as {{ dbt.type_string() }}) as losing_values,
        cast(golden_values.candidate_count as bigint) as candidate_count
    from golden_values
    left join losing_values
        on golden_values.customer_number = losing_values.customer_number and golden_values.attribute = losing_values.attribute

)

select * from final
