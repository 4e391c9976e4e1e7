{#- One row per linked record that is not the smallest of its connected component, with that smallest record. -#}
{{ config(
    materialized='delta',
    key=['record_id_a', 'record_id_b'],
    version='1',
    step='star_contraction',
    affected='components_of_edges',
    rows_key=['node'],
) }}

with match_edges as (

    select * from {{ ref('int_match_edges') }}
    where {{ changed('int_match_edges', 'record_id_b') }}

),

final as (

    select
        record_id_b as node,
        record_id_a as root
    from match_edges

)

select * from final
