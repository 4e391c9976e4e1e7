{{ config(materialized='view') }}

with described_edges as (

    select * from {{ ref('int_described_edges') }}

),

final as (

    select
        cast(edge_id as {{ dbt.type_string() }}) as edge_id,
        cast(record_key_a as {{ dbt.type_string() }}) as record_key_a,
        cast(record_key_b as {{ dbt.type_string() }}) as record_key_b,
        cast(customer_id_a as {{ dbt.type_string() }}) as customer_id_a,
        cast(customer_id_b as {{ dbt.type_string() }}) as customer_id_b,
        cast(edge_type as {{ dbt.type_string() }}) as edge_type,
        cast(rule_name as {{ dbt.type_string() }}) as rule_name,
        cast(refused_reason as {{ dbt.type_string() }}) as refused_reason,
        cast(evidence as {{ dbt.type_string() }}) as evidence,
        cast(match_weight as numeric(18, 6)) as match_weight,
        cast(match_probability as numeric(18, 6)) as match_probability,
        cast(is_accepted as boolean) as is_accepted
    from described_edges

)

select * from final
