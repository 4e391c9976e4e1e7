{#- One row per record with a certain edge that is not the smallest of its fragment, with that smallest record. -#}
{{ config(step='star_contraction') }}

with certain_edges as (

    select * from {{ ref('int_certain_edges') }}

),

final as (

    select
        record_id_b as node,
        record_id_a as root
    from certain_edges

)

select * from final
