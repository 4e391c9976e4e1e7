{#- One row per linked record that is not the smallest of its connected component, with that smallest record. -#}
{{ config(step='star_contraction') }}

with match_edges as (

    select * from {{ ref('int_match_edges') }}

),

final as (

    select
        record_id_b as node,
        record_id_a as root
    from match_edges

)

select * from final
