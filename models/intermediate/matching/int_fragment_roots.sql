{#- One row per record with a certain edge that is not the smallest of its fragment, with that smallest record. -#}
{{ config(
    materialized='delta',
    key=['record_id_a', 'record_id_b'],
    version='1',
    step='star_contraction',
    affected='components_of_edges',
    rows_key=['node'],
) }}

with certain_edges as (

    select * from {{ ref('int_certain_edges') }}
    where {{ changed('int_certain_edges', 'record_id_b') }}

),

final as (

    select
        record_id_b as node,
        record_id_a as root
    from certain_edges

)

select * from final
