{#- One row per edge: what people read of it. Only edges that changed are put into words. -#}
{{ config(
    materialized='delta',
    key='edge_key',
    inputs=['int_identity_edges', 'int_pattern_evidence', 'int_customer_members'],
) }}

with identity_edges as (

    select * from {{ ref('int_identity_edges') }}
    where {{ changed('int_edge_versions', 'edge_key') }}

),

pattern_evidence as (

    select * from {{ ref('int_pattern_evidence') }}

),

customer_members as (

    select * from {{ ref('int_customer_members') }}

),

final as (

    select
        identity_edges.edge_key,
        identity_edges.record_id_a,
        identity_edges.record_id_b,
        {{ edge_id('identity_edges.record_id_a', 'identity_edges.record_id_b', 'identity_edges.rule_name') }} as edge_id,
        member_a.record_key as record_key_a,
        member_b.record_key as record_key_b,
        member_a.customer_id as customer_id_a,
        member_b.customer_id as customer_id_b,
        identity_edges.edge_type,
        identity_edges.rule_name,
        identity_edges.refused_reason,
        case identity_edges.edge_type
            when 'deterministic' then '{"identifier":' || {{ json_text('identity_edges.identifier_type') }} || '}'
            when 'fuzzy' then {{ pair_evidence('pattern_evidence.evidence', 'identity_edges') }}
            else identity_edges.decision
        end as evidence,
        identity_edges.match_weight,
        identity_edges.match_probability,
        identity_edges.is_accepted
    from identity_edges
    left join pattern_evidence on identity_edges.pattern = pattern_evidence.pattern
    inner join customer_members as member_a on identity_edges.record_id_a = member_a.record_id
    inner join customer_members as member_b on identity_edges.record_id_b = member_b.record_id

)

select * from final
