{{ config(
    materialized='delta',
    key='edge_id',
    inputs=['int_identity_edges', 'int_customer_members'],
) }}

with identity_edges as (

    select * from {{ ref('int_identity_edges') }}
    where {{ changed('int_edge_versions', 'edge_id') }}

),

customer_members as (

    select * from {{ ref('int_customer_members') }}

),

final as (

    select
        cast(identity_edges.edge_id as text) as edge_id,
        cast(member_a.record_key as text) as record_key_a,
        cast(member_b.record_key as text) as record_key_b,
        cast(member_a.customer_id as text) as customer_id_a,
        cast(member_b.customer_id as text) as customer_id_b,
        cast(identity_edges.edge_type as text) as edge_type,
        cast(identity_edges.rule_name as text) as rule_name,
        cast(identity_edges.refused_reason as text) as refused_reason,
        cast(identity_edges.evidence as text) as evidence,
        cast(identity_edges.match_weight as numeric(18, 6)) as match_weight,
        cast(identity_edges.match_probability as numeric(18, 6)) as match_probability,
        cast(identity_edges.is_accepted as boolean) as is_accepted
    from identity_edges
    inner join customer_members as member_a on identity_edges.record_id_a = member_a.record_id
    inner join customer_members as member_b on identity_edges.record_id_b = member_b.record_id

)

select * from final
