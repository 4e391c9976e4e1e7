{{ config(enabled=is_listed_source('stg_shop__customers', 'identity_sources')) }}

with source as (

    select * from {{ customer_source('shop', 'customers') }}

),

renamed as (

    select
        'shop' as source_system,
        cast(id as text) as source_record_id,
        cast(null as text) as full_name,
        cast(first_name as text) as first_name,
        cast(null as text) as middle_name,
        cast(last_name as text) as last_name,
        cast(email as text) as email,
        coalesce(nullif(cast(phone as text), ''), cast(default_address_phone as text)) as phone,
        cast(birth_date as text) as date_of_birth,
        cast(null as text) as gender,
        nullif(
            concat_ws(', ', nullif(cast(default_address_address1 as text), ''), nullif(cast(default_address_address2 as text), '')), ''
        ) as street,
        cast(default_address_city as text) as city,
        coalesce(nullif(cast(default_address_province_code as text), ''), cast(default_address_province as text)) as state,
        cast(default_address_zip as text) as postal_code,
        coalesce(nullif(cast(default_address_country_code as text), ''), cast(default_address_country as text)) as country,
        cast(default_address_company as text) as company,
        cast(null as text) as job_title,
        cast(null as text) as national_id,
        cast(updated_at as text) as updated_at
    from source

)

select * from renamed
