{#- One row per source record: the cluster that evidence and guards put it into, named by the smallest record_id in it. -#}
with features as (

    select * from {{ ref('int_record_features') }}

),

components as (

    select * from {{ ref('int_components') }}

),

contested_clusters as (

    select * from {{ ref('int_contested_clusters') }}

),

final as (

    select
        features.record_id,
        coalesce(contested_clusters.cluster_id, components.component_id, features.record_id) as cluster_id
    from features
    left join components on features.record_id = components.record_id
    left join contested_clusters on features.record_id = contested_clusters.record_id

)

select * from final
