{#- One row per row of the activity sources. A view, as it is read once. -#}
{{ config(materialized='view') }}
with delivered as (

    {% for model in var('activity_sources') -%}
    select
        {% for column in activity_contract() -%}
        cast({{ column.name }} as {{ column.type }}) as {{ column.name }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% else -%}
    select
        {% for column in activity_contract() -%}
        cast(null as {{ column.type }}) as {{ column.name }}{% if not loop.last %},{% endif %}
        {% endfor %}
    where false
    {% endfor %}
)

select * from delivered
