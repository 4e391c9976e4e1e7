{{ config(materialized='view') }}

with described_edges as (

    select * from {{ ref('int_described_edges') }}

),

final as (

    select
        cast(edge_id as text) as edge_id,
        cast(record_key_a as text) as record_key_a,
        cast(record_key_b as text) as record_key_b,
        cast(customer_id_a as text) as customer_id_a,
        cast(customer_id_b as text) as customer_id_b,
        cast(edge_type as text) as edge_type,
        cast(rule_name as text) as rule_name,
        cast(refused_reason as text) as refused_reason,
        cast(evidence as text) as evidence,
        cast(match_weight as numeric(18, 6)) as match_weight,
        cast(match_probability as numeric(18, 6)) as match_probability,
        cast(is_accepted as boolean) as is_accepted
    from described_edges

)

select * from final
