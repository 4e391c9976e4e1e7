{# The records whose component may be another, as edges between them are new or have gone: all of the components that hold an end of one, as the build before
   has left them, and the ends themselves. Any other component has all its edges, and no more, so that it is what it was. #}
{% macro components_of_edges(edges) -%}
with ends as (

    select record_id_a as node from {{ edges }}
    union
    select record_id_b as node from {{ edges }}

),

touched as (

    select
        ends.node,
        coalesce(earlier.root, ends.node) as root
    from ends
    left join {{ this }} as earlier on ends.node = earlier.node

)

select node from touched
union
select root as node from touched
union
select earlier.node
from {{ this }} as earlier
inner join touched on earlier.root = touched.root
{%- endmacro %}
