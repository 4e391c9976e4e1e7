{# One round of putting clusters together again that stewards' decisions have joined: of the unions that evidence within one cluster speaks for and no decision
   forbids, those that both sides like best. Guards have had their say when the evidence clusters were made. #}
{% macro merge_decided_clusters(clusters) -%}
with cannot_linked_clusters as (

    {{ cannot_linked_clusters(clusters) }}

),

pairs_across as (

    select
        least(one.cluster_id, other.cluster_id) as cluster_id_a,
        greatest(one.cluster_id, other.cluster_id) as cluster_id_b,
        {{ pair_weights() }}
    from {{ ref('int_component_pairs') }} as pairs
    inner join {{ clusters }} as one on pairs.record_id_a = one.record_id
    inner join {{ clusters }} as other on pairs.record_id_b = other.record_id and one.evidence_cluster_id = other.evidence_cluster_id
    where one.cluster_id <> other.cluster_id
    group by 1, 2

),

allowed as (

    select
        pairs_across.cluster_id_a,
        pairs_across.cluster_id_b,
        pairs_across.mean_weight,
        pairs_across.highest_weight
    from pairs_across
    left join cannot_linked_clusters
        on
            pairs_across.cluster_id_a = cannot_linked_clusters.cluster_id_a
            and pairs_across.cluster_id_b = cannot_linked_clusters.cluster_id_b
    where pairs_across.has_edge and cannot_linked_clusters.cluster_id_a is null

),

{{ best_unions('allowed') }}

select
    clusters.record_id,
    clusters.evidence_cluster_id,
    coalesce(unions.surviving_id, clusters.cluster_id) as cluster_id
from {{ clusters }} as clusters
left join unions on clusters.cluster_id = unions.joined_id
{%- endmacro %}

