{#- One row per record of a contested component: the cluster it ends up in, named by the smallest record_id in it. -#}
{{ config(
    materialized='delta',
    key='component_id',
    inputs=['int_components', 'int_component_pairs', 'int_record_features', 'int_cannot_links'],
    step='merge_clusters',
) }}
-- depends_on: {{ ref('int_component_pairs') }}
-- depends_on: {{ ref('int_record_features') }}
-- depends_on: {{ ref('int_cannot_links') }}

with components as (

    select * from {{ ref('int_components') }}

),

contested_components as (

    select * from {{ ref('int_contested_components') }}
    where {{ changed('int_contested_components', 'component_id') }}

),

-- to begin with, every record is a cluster of its own
final as (

    select
        components.component_id,
        components.record_id,
        components.record_id as cluster_id
    from components
    inner join contested_components on components.component_id = contested_components.component_id

)

select * from final
