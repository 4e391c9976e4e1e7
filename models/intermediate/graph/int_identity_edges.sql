{#- One row per pair of records × rule that would make them one customer. An edge between two customers is one that a guard refused. -#}
with deterministic_edges as (

    select * from {{ ref('int_deterministic_edges') }}

),

component_pairs as (

    select * from {{ ref('int_component_pairs') }}

),

pattern_evidence as (

    select * from {{ ref('int_pattern_evidence') }}

),

clusters as (

    select * from {{ ref('int_clusters') }}

),

evidence_clusters as (

    select * from {{ ref('int_evidence_clusters') }}

),

must_links as (

    select * from {{ ref('int_must_links') }}

),

refused_unions as (

    select * from {{ ref('int_refused_unions') }}

),

deterministic as (

    select
        record_id_a,
        record_id_b,
        'deterministic' as edge_type,
        rule_name,
        match_weight,
        cast(null as numeric(18, 6)) as match_probability,
        '{"identifier":' || {{ json_text('identifier_type') }} || '}' as evidence
    from deterministic_edges

),

fuzzy as (

    select
        component_pairs.record_id_a,
        component_pairs.record_id_b,
        'fuzzy' as edge_type,
        'fuzzy_score' as rule_name,
        component_pairs.scored_weight as match_weight,
        component_pairs.match_probability,
        {{ pair_evidence('pattern_evidence.evidence', 'component_pairs') }} as evidence
    from component_pairs
    inner join pattern_evidence on component_pairs.pattern = pattern_evidence.pattern
    where component_pairs.match_probability >= {{ var('merge_threshold') }}

),

stewards as (

    select
        must_links.record_id_a,
        must_links.record_id_b,
        'steward' as edge_type,
        'steward_match' as rule_name,
        cast({{ steward_weight() }} as numeric(18, 6)) as match_weight,
        cast(null as numeric(18, 6)) as match_probability,
        {{ decision_evidence('must_links') }} as evidence
    from must_links

),

edges as (

    select * from deterministic
    union all
    select * from fuzzy
    union all
    select * from stewards

),

final as (

    select
        {{ edge_id('edges.record_id_a', 'edges.record_id_b', 'edges.rule_name') }} as edge_id,
        edges.record_id_a,
        edges.record_id_b,
        edges.edge_type,
        edges.rule_name,
        edges.match_weight,
        edges.match_probability,
        edges.evidence,
        cluster_a.cluster_id = cluster_b.cluster_id as is_accepted,
        case
            when cluster_a.cluster_id = cluster_b.cluster_id then null
            when evidence_a.cluster_id = evidence_b.cluster_id then 'cannot_link'
            else refused_unions.refused_reason
        end as refused_reason
    from edges
    inner join clusters as cluster_a on edges.record_id_a = cluster_a.record_id
    inner join clusters as cluster_b on edges.record_id_b = cluster_b.record_id
    inner join evidence_clusters as evidence_a on edges.record_id_a = evidence_a.record_id
    inner join evidence_clusters as evidence_b on edges.record_id_b = evidence_b.record_id
    left join refused_unions
        on
            least(evidence_a.cluster_id, evidence_b.cluster_id) = refused_unions.cluster_id_a
            and greatest(evidence_a.cluster_id, evidence_b.cluster_id) = refused_unions.cluster_id_b

)

select * from final
