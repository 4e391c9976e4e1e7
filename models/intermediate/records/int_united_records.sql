{#- One row per row of the identity sources, as text. A view, which a build reads to find the rows that changed: only they are cleaned, by the next model. -#}
{{ config(materialized='view') }}

with delivered as (

    {% for source in identity_sources() -%}
    select
        {%- for column in record_contract() %}
        cast({{ column }} as {{ dbt.type_string() }}) as {{ column }},
        {%- endfor %}
        '{{ source.model }}' as staging_model,
        '{{ source.default_country }}' as default_country,
        '{{ source.date_order }}' as date_order
    from {{ ref(source.model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (

    select
        *,
        {{ record_hash("trim(coalesce(source_system, '')) || ':' || trim(coalesce(source_record_id, ''))") }} as record_id,
        {{ row_hash('delivered') }} as row_version
    from delivered

)

select * from final
