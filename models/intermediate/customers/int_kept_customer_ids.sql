{#- One row per contested claim to a customer_id, and whether the cluster keeps the id. -#}
{{ config(step='keep_customer_ids') }}

with customer_claims as (

    select * from {{ ref('int_customer_claims') }}

),

final as (

    select
        customer_id,
        cluster_id,
        record_count,
        open_record_count,
        first_known_at,
        first_record_id,
        false as is_kept,
        false as is_settled
    from customer_claims
    where is_contested

)

select * from final
