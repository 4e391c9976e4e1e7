{{ config(enabled=is_listed_source('stg_crm__contacts', 'identity_sources')) }}

with source as (

    select * from {{ customer_source('crm', 'contacts') }}

),

-- the mobile phone is a person's own, the other may be a switchboard
renamed as (

    select
        'crm' as source_system,
        cast(id as text) as source_record_id,
        cast(null as text) as full_name,
        cast(first_name as text) as first_name,
        cast(middle_name as text) as middle_name,
        nullif(concat_ws(' ', nullif(cast(last_name as text), ''), nullif(cast(suffix as text), '')), '') as last_name,
        cast(email as text) as email,
        coalesce(nullif(cast(mobile_phone as text), ''), cast(phone as text)) as phone,
        cast(birthdate as text) as date_of_birth,
        cast(gender as text) as gender,
        cast(mailing_street as text) as street,
        cast(mailing_city as text) as city,
        cast(mailing_state as text) as state,
        cast(mailing_postal_code as text) as postal_code,
        cast(mailing_country as text) as country,
        cast(account_name as text) as company,
        cast(title as text) as job_title,
        cast(tax_id as text) as national_id,
        cast(last_modified_date as text) as updated_at
    from source

)

select * from renamed
