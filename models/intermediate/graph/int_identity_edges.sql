{#- One row per pair of records × rule that would make them one customer. An edge between two customers is one that a guard refused. -#}
with deterministic_edges as (

    select * from {{ ref('int_deterministic_edges') }}

),

component_pairs as (

    select * from {{ ref('int_component_pairs') }}

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
        identifier_type,
        cast(null as bigint) as pattern,
        cast(null as {{ dbt.type_string() }}) as shared_sources,
        cast(null as numeric(18, 6)) as source_weight,
        cast(null as {{ dbt.type_string() }}) as decision
    from deterministic_edges

),

fuzzy as (

    select
        record_id_a,
        record_id_b,
        'fuzzy' as edge_type,
        'fuzzy_score' as rule_name,
        scored_weight as match_weight,
        match_probability,
        cast(null as {{ dbt.type_string() }}) as identifier_type,
        pattern,
        shared_sources,
        source_weight,
        cast(null as {{ dbt.type_string() }}) as decision
    from component_pairs
    where match_probability >= {{ var('merge_threshold') }}

),

stewards as (

    select
        must_links.record_id_a,
        must_links.record_id_b,
        'steward' as edge_type,
        'steward_match' as rule_name,
        cast({{ steward_weight() }} as numeric(18, 6)) as match_weight,
        cast(null as numeric(18, 6)) as match_probability,
        cast(null as {{ dbt.type_string() }}) as identifier_type,
        cast(null as bigint) as pattern,
        cast(null as {{ dbt.type_string() }}) as shared_sources,
        cast(null as numeric(18, 6)) as source_weight,
        {{ decision_evidence('must_links') }} as decision
    from must_links

),

edges as (

    select * from deterministic
    union all
    select * from fuzzy
    union all
    select * from stewards

),

placed as (

    select
        edges.*,
        cluster_a.cluster_id = cluster_b.cluster_id as is_accepted
    from edges
    inner join clusters as cluster_a on edges.record_id_a = cluster_a.record_id
    inner join clusters as cluster_b on edges.record_id_b = cluster_b.record_id

),

-- few: only they need to know what refused them
refusals as (

    select
        placed.record_id_a,
        placed.record_id_b,
        placed.rule_name,
        case when evidence_a.cluster_id = evidence_b.cluster_id then 'cannot_link' else refused_unions.refused_reason end as refused_reason
    from placed
    inner join evidence_clusters as evidence_a on placed.record_id_a = evidence_a.record_id
    inner join evidence_clusters as evidence_b on placed.record_id_b = evidence_b.record_id
    left join refused_unions
        on
            least(evidence_a.cluster_id, evidence_b.cluster_id) = refused_unions.cluster_id_a
            and greatest(evidence_a.cluster_id, evidence_b.cluster_id) = refused_unions.cluster_id_b
    where not placed.is_accepted

),

final as (

    select
        placed.*,
        {{ key_hash(['placed.record_id_a', 'placed.record_id_b', 'placed.rule_name']) }} as edge_key,
        refusals.refused_reason
    from placed
    left join refusals
        on
            placed.record_id_a = refusals.record_id_a
            and placed.record_id_b = refusals.record_id_b
            and placed.rule_name = refusals.rule_name

)

select
    *,
    {{ row_hash('final') }} as row_version
from final
