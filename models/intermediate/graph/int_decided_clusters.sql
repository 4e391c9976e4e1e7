{#- Decisions to merge, applied to the clusters that evidence has made: they join whole clusters, whatever guards say. Where a decision to keep two records
    apart stands against that, the clusters are put together anew from the decided groups, over the strongest evidence first, as far as it allows.
    One row per record of a cluster that such a decision joins to another. -#}
{{ config(step='merge_decided_clusters') }}
-- depends_on: {{ ref('int_component_pairs') }}
-- depends_on: {{ ref('int_cannot_links') }}

with evidence_clusters as (

    select * from {{ ref('int_evidence_clusters') }}

),

must_links as (

    select * from {{ ref('int_must_links') }}

),

decision_roots as (

    select * from {{ ref('int_decision_roots') }}

),

decided_records as (

    select record_id_a as record_id from must_links
    union
    select record_id_b as record_id from must_links

),

decided_clusters as (

    select distinct evidence_clusters.cluster_id
    from evidence_clusters
    inner join decided_records on evidence_clusters.record_id = decided_records.record_id

),

final as (

    select
        evidence_clusters.record_id,
        evidence_clusters.cluster_id as evidence_cluster_id,
        case
            when decided_records.record_id is not null then coalesce(decision_roots.root, evidence_clusters.record_id)
            else evidence_clusters.record_id
        end as cluster_id
    from evidence_clusters
    inner join decided_clusters on evidence_clusters.cluster_id = decided_clusters.cluster_id
    left join decided_records on evidence_clusters.record_id = decided_records.record_id
    left join decision_roots on evidence_clusters.record_id = decision_roots.node

)

select * from final
