{#- One row per source record and attribute whose value another record of the customer contests. Values with one value_key count as one value, however
    they are written. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_source_records', 'int_customer_records', 'int_attribute_agreement']) }}
with source_records as (

    select * from {{ ref('int_source_records') }}

),

customer_records as (

    select * from {{ ref('int_customer_records') }}

),

attribute_agreement as (

    select * from {{ ref('int_attribute_agreement') }}
    where is_contested and {{ changed('int_customer_versions', 'customer_number') }}

),

records as (

    select
        source_records.*,
        customer_records.customer_number,
        customer_records.record_position,
        {% for attribute in golden_attributes() -%}
        attribute_agreement.is_{{ attribute.name }}_contested{% if not loop.last %},{% endif %}
        {% endfor %}
    from source_records
    inner join customer_records on source_records.record_id = customer_records.record_id
    inner join attribute_agreement on customer_records.customer_number = attribute_agreement.customer_number

),

final as (

    {% for attribute in golden_attributes() -%}
    select
        customer_number,
        '{{ attribute.name }}' as attribute,
        record_id,
        record_position,
        source_system,
        {{ joined_text(attribute.columns, ', ') }} as value,
        coalesce({{ joined_text(attribute.key, ' ') }}, {{ joined_text(attribute.columns, ', ') }}) as value_key,
        {{ value_completeness(attribute.name) }} as completeness,
        updated_at
    from records
    where is_{{ attribute.name }}_contested and {{ has_value(attribute) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
