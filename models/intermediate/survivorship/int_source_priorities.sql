{#- One row per attribute and source system that has a priority. An attribute with rows of its own in the seed uses these alone, any other those of "*". -#}
with source_priorities as (

    select * from {{ ref('source_priorities') }}

),

attributes as (

    {% for attribute in golden_attributes() -%}
    select '{{ attribute.name }}' as attribute
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

own_lists as (

    select
        attribute,
        count(*) as source_count
    from source_priorities
    group by attribute

),

final as (

    select
        attributes.attribute,
        source_priorities.source_system,
        source_priorities.priority
    from attributes
    left join own_lists on attributes.attribute = own_lists.attribute
    inner join source_priorities on source_priorities.attribute = case when own_lists.attribute is null then '*' else attributes.attribute end

)

select * from final
