{#- One row per customer: of each attribute how many records have a value, which of them is the first, and whether they give different values. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_source_records', 'int_customer_records']) }}

with source_records as (

    select * from {{ ref('int_source_records') }}

),

customer_records as (

    select * from {{ ref('int_customer_records') }}
    where {{ changed('int_customer_versions', 'customer_number') }}

),

records as (

    select
        customer_records.customer_number,
        customer_records.record_position,
        {% for attribute in golden_attributes() -%}
        case
            when {{ has_value(attribute, 'source_records') }} then {{ key_hash(qualified(attribute.columns, 'source_records')) }}
        end as {{ attribute.name }}_hash{% if not loop.last %},{% endif %}
        {% endfor %}
    from source_records
    inner join customer_records on source_records.record_id = customer_records.record_id

),

agreement as (

    select
        customer_number,
        {% for attribute in golden_attributes() -%}
        count({{ attribute.name }}_hash) as {{ attribute.name }}_count,
        min(case when {{ attribute.name }}_hash is not null then record_position end) as {{ attribute.name }}_position,
        coalesce(min({{ attribute.name }}_hash) <> max({{ attribute.name }}_hash), false) as is_{{ attribute.name }}_contested{% if not loop.last %},{% endif %}
        {% endfor %}
    from records
    group by customer_number

),

final as (

    select
        *,
        (
            false
            {% for attribute in golden_attributes() -%}
            or is_{{ attribute.name }}_contested
            {% endfor %}
        ) as is_contested
    from agreement

)

select * from final
