{{ config(enabled=is_listed_source('stg_crm__contacts', 'identity_sources')) }}

with source as (

    select * from {{ source_or_empty('crm', 'accounts') }}

),

renamed as (

    select
        cast(id as text) as account_id,
        cast(name as text) as account_name,
        cast(website as text) as website,
        cast(phone as text) as phone,
        cast(industry as text) as industry,
        cast(number_of_employees as text) as employee_count,
        cast(billing_street as text) as street,
        cast(billing_city as text) as city,
        cast(billing_state as text) as state,
        cast(billing_postal_code as text) as postal_code,
        cast(billing_country as text) as country,
        cast(last_modified_date as text) as updated_at
    from source

)

select * from renamed
