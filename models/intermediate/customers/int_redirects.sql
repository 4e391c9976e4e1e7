{#- One row per customer_id that has ended, with the living customer that it leads to; null where none of its records is left. -#}
{{ config(step='follow_redirects') }}

with customer_lifetimes as (

    select * from {{ ref('int_customer_lifetimes') }}

),

final as (

    select
        customer_id,
        ended_at,
        successor_id as current_customer_id
    from customer_lifetimes
    where ended_at is not null

)

select * from final
