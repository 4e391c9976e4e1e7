{#- One row per source record: its cluster, named by the smallest record_id in it. -#}
with evidence_clusters as (

    select * from {{ ref('int_evidence_clusters') }}

),

decided_clusters as (

    select * from {{ ref('int_decided_clusters') }}

),

final as (

    select
        evidence_clusters.record_id,
        coalesce(decided_clusters.cluster_id, evidence_clusters.cluster_id) as cluster_id
    from evidence_clusters
    left join decided_clusters on evidence_clusters.record_id = decided_clusters.record_id

)

select * from final
