{#- One row per customer, with a number that differs when its golden record may differ: for its records, its groups or its activities. A view, as it is read
    once. -#}
{{ config(materialized='view') }}

with customer_versions as (

    select * from {{ ref('int_customer_versions') }}

),

customer_households as (

    select * from {{ ref('int_customer_households') }}

),

customer_accounts as (

    select * from {{ ref('int_customer_accounts') }}

),

customer_totals as (

    select * from {{ ref('int_customer_totals') }}

),

final as (

    select
        customer_versions.customer_id,
        {{ key_hash([
            'customer_versions.row_version', 'customer_households.household_id', 'customer_accounts.account_id', row_hash('customer_totals'),
        ]) }} as row_version
    from customer_versions
    left join customer_households on customer_versions.customer_number = customer_households.customer_number
    left join customer_accounts on customer_versions.customer_number = customer_accounts.customer_number
    left join customer_totals on customer_versions.customer_number = customer_totals.customer_number

)

select * from final
