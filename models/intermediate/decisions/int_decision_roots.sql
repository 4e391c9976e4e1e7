{#- Groups of records that decisions put together: one row per record that is not the smallest of its group, with that smallest record. -#}
{{ config(step='star_contraction') }}

with delivered_decisions as (

    select * from {{ ref('int_delivered_decisions') }}

),

final as (

    select distinct
        record_id_b as node,
        record_id_a as root
    from delivered_decisions
    where problem is null and decision = 'match'

)

select * from final
