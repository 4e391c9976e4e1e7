{#- One row per pair of clusters that may be one person, with the pair of records that speaks most for it: what the review queue is made of.
    Either a match probability in the review band, or a union that a guard refused. -#}
with scored_pairs as (

    select * from {{ ref('int_scored_pairs') }}

),

identity_edges as (

    select * from {{ ref('int_identity_edges') }}

),

component_pairs as (

    select * from {{ ref('int_component_pairs') }}

),

clusters as (

    select * from {{ ref('int_clusters') }}

),

uncertain as (

    select
        record_id_a,
        record_id_b,
        pattern,
        shared_sources,
        source_weight,
        match_weight,
        match_probability,
        cast(null as {{ dbt.type_string() }}) as refused_reason
    from scored_pairs
    where match_probability >= {{ var('review_threshold') }} and match_probability < {{ var('merge_threshold') }}

),

refused as (

    select
        identity_edges.record_id_a,
        identity_edges.record_id_b,
        component_pairs.pattern,
        component_pairs.shared_sources,
        component_pairs.source_weight,
        component_pairs.scored_weight as match_weight,
        component_pairs.match_probability,
        min(identity_edges.refused_reason) as refused_reason
    from identity_edges
    inner join component_pairs
        on identity_edges.record_id_a = component_pairs.record_id_a and identity_edges.record_id_b = component_pairs.record_id_b
    where not identity_edges.is_accepted
    group by
        identity_edges.record_id_a,
        identity_edges.record_id_b,
        component_pairs.pattern,
        component_pairs.shared_sources,
        component_pairs.source_weight,
        component_pairs.scored_weight,
        component_pairs.match_probability

),

open_pairs as (

    select * from uncertain
    union all
    select * from refused

),

-- what a steward has decided is open no more
cannot_linked_clusters as (

    {{ cannot_linked_clusters('clusters') }}

),

ranked as (

    select
        open_pairs.record_id_a,
        open_pairs.record_id_b,
        open_pairs.pattern,
        open_pairs.shared_sources,
        open_pairs.source_weight,
        open_pairs.match_weight,
        open_pairs.match_probability,
        coalesce(open_pairs.refused_reason, 'uncertain_match') as reason,
        row_number() over (
            partition by least(cluster_a.cluster_id, cluster_b.cluster_id), greatest(cluster_a.cluster_id, cluster_b.cluster_id)
            order by
                case when open_pairs.refused_reason is null then 1 else 0 end,
                open_pairs.match_weight desc,
                open_pairs.record_id_a,
                open_pairs.record_id_b
        ) as preference
    from open_pairs
    inner join clusters as cluster_a on open_pairs.record_id_a = cluster_a.record_id
    inner join clusters as cluster_b on open_pairs.record_id_b = cluster_b.record_id
    left join cannot_linked_clusters
        on
            least(cluster_a.cluster_id, cluster_b.cluster_id) = cannot_linked_clusters.cluster_id_a
            and greatest(cluster_a.cluster_id, cluster_b.cluster_id) = cannot_linked_clusters.cluster_id_b
    where cluster_a.cluster_id <> cluster_b.cluster_id and cannot_linked_clusters.cluster_id_a is null

),

final as (

    select
        record_id_a,
        record_id_b,
        pattern,
        shared_sources,
        source_weight,
        match_weight,
        match_probability,
        reason
    from ranked
    where preference = 1

)

select * from final
