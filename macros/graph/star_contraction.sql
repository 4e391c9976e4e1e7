{# One round of connected components by alternating stars (Kiveris et al., "Connected Components in MapReduce and Beyond", 2014), on edges (node, root) with
   node > root. It settles, on any graph and in a number of rounds that grows with the logarithm of its longest path, at one row per node that is not the
   smallest of its component, with that smallest node as root.

   Large star: each node hands its larger neighbours to its smallest neighbour. Small star: each node hands its smaller neighbours, and itself, to the
   smallest of them. Neither step connects or disconnects anything. #}
{% macro star_contraction(edges) -%}
with neighbours as (

    select
        node,
        root as neighbour
    from {{ edges }}
    union all
    select
        root as node,
        node as neighbour
    from {{ edges }}

),

smallest_neighbours as (

    select
        node,
        least(node, min(neighbour)) as smallest
    from neighbours
    group by node

),

large_star as (

    select distinct
        neighbours.neighbour as node,
        smallest_neighbours.smallest as root
    from neighbours
    inner join smallest_neighbours on neighbours.node = smallest_neighbours.node
    where neighbours.neighbour > neighbours.node

),

smallest_roots as (

    select
        node,
        min(root) as smallest
    from large_star
    group by node

),

small_star as (

    select
        large_star.root as node,
        smallest_roots.smallest as root
    from large_star
    inner join smallest_roots on large_star.node = smallest_roots.node
    where large_star.root <> smallest_roots.smallest
    union
    select
        node,
        smallest as root
    from smallest_roots

)

select
    node,
    root
from small_star
{%- endmacro %}
