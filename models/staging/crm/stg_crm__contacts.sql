{{ config(enabled=is_listed_source('stg_crm__contacts', 'identity_sources')) }}

with source as (

    select * from {{ customer_source('crm', 'contacts') }}

),

-- the mobile phone is a person's own, the other may be a switchboard
renamed as (

    select
        'crm' as source_system,
        cast(id as {{ dbt.type_string() }}) as source_record_id,
        cast(null as {{ dbt.type_string() }}) as full_name,
        cast(first_name as {{ dbt.type_string() }}) as first_name,
        cast(middle_name as {{ dbt.type_string() }}) as middle_name,
        nullif(concat_ws(' ', nullif(cast(last_name as {{ dbt.type_string() }}), ''), nullif(cast(suffix as {{ dbt.type_string() }}), '')), '') as last_name,
        cast(email as {{ dbt.type_string() }}) as email,
        coalesce(nullif(cast(mobile_phone as {{ dbt.type_string() }}), ''), cast(phone as {{ dbt.type_string() }})) as phone,
        cast(birthdate as {{ dbt.type_string() }}) as date_of_birth,
        cast(gender as {{ dbt.type_string() }}) as gender,
        cast(mailing_street as {{ dbt.type_string() }}) as street,
        cast(mailing_city as {{ dbt.type_string() }}) as city,
        cast(mailing_state as {{ dbt.type_string() }}) as state,
        cast(mailing_postal_code as {{ dbt.type_string() }}) as postal_code,
        cast(mailing_country as {{ dbt.type_string() }}) as country,
        cast(account_name as {{ dbt.type_string() }}) as company,
        cast(title as {{ dbt.type_string() }}) as job_title,
        cast(tax_id as {{ dbt.type_string() }}) as national_id,
        cast(last_modified_date as {{ dbt.type_string() }}) as updated_at
    from source

)

select * from renamed
