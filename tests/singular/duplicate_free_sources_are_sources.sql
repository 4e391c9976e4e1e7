-- A source that duplicate_free_sources names wrongly would guard nothing.
with listed as (

    {% for source in var('duplicate_free_sources') -%}
    select {{ text_literals([source]) }} as source_system
    {{ 'union all' if not loop.last }}
    {% else -%}
    select cast(null as {{ dbt.type_string() }}) as source_system
    where 1 = 0
    {% endfor %}
)

select listed.source_system
from listed
left join {{ ref('int_source_records') }} as source_records on listed.source_system = source_records.source_system
where source_records.source_system is null
