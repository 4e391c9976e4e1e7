{{ config(materialized='delta', key='record_id') }}

with features as (

    select * from {{ ref('int_record_features') }}
    where {{ changed('int_record_features', 'record_id') }}

),

final as (

    {% for identifier in identifier_columns() -%}
    select
        record_id,
        row_version,
        '{{ identifier.identifier_type }}' as identifier_type,
        {{ identifier.column }} as identifier_value,
        {{ key_hash(["'" ~ identifier.identifier_type ~ "'", identifier.column]) }} as identifier_key
    from features
    where {{ identifier.column }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
