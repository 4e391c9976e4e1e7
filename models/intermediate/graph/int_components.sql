{#- One row per linked record: its connected component, named by the smallest record_id in it. -#}
with component_roots as (

    select * from {{ ref('int_component_roots') }}

),

members as (

    select
        node as record_id,
        root as component_id
    from component_roots
    union all
    select distinct
        root as record_id,
        root as component_id
    from component_roots

),

final as (

    select
        record_id,
        component_id,
        count(*) over (partition by component_id) as component_size
    from members

)

select * from final
