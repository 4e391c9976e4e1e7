{#- One row per customer of a company: its account, the one that most of its records belong to, then the one seen last, then the smallest id. -#}
with account_members as (

    select * from {{ ref('int_account_members') }}

),

customer_records as (

    select * from {{ ref('int_customer_records') }}

),

customer_accounts as (

    select
        customer_records.customer_number,
        account_members.account_id,
        count(*) as record_count,
        max(customer_records.updated_at) as last_updated_at
    from account_members
    inner join customer_records on account_members.record_id = customer_records.record_id
    group by customer_records.customer_number, account_members.account_id

),

ranked as (

    select
        customer_number,
        account_id,
        row_number() over (
            partition by customer_number
            order by record_count desc, last_updated_at desc nulls last, {{ text_order('account_id') }}
        ) as preference
    from customer_accounts

),

final as (

    select
        customer_number,
        account_id
    from ranked
    where preference = 1

)

select * from final
