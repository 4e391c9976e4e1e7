{{ config(enabled=is_listed_source('stg_support__requesters', 'identity_sources')) }}

with source as (

    select * from {{ customer_source('support', 'requesters') }}

),

renamed as (

    select
        'support' as source_system,
        cast(id as text) as source_record_id,
        cast(name as text) as full_name,
        cast(null as text) as first_name,
        cast(null as text) as middle_name,
        cast(null as text) as last_name,
        cast(email as text) as email,
        cast(phone as text) as phone,
        cast(null as text) as date_of_birth,
        cast(null as text) as gender,
        cast(null as text) as street,
        cast(null as text) as city,
        cast(null as text) as state,
        cast(null as text) as postal_code,
        cast(country as text) as country,
        cast(organization_name as text) as company,
        cast(null as text) as job_title,
        cast(null as text) as national_id,
        cast(updated_at as text) as updated_at
    from source

)

select * from renamed
