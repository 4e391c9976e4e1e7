{{ config(enabled=is_listed_source('stg_support__requesters', 'identity_sources')) }}

with source as (

    select * from {{ customer_source('support', 'requesters') }}

),

renamed as (

    select
        'support' as source_system,
        cast(id as {{ dbt.type_string() }}) as source_record_id,
        cast(name as {{ dbt.type_string() }}) as full_name,
        cast(null as {{ dbt.type_string() }}) as first_name,
        cast(null as {{ dbt.type_string() }}) as middle_name,
        cast(null as {{ dbt.type_string() }}) as last_name,
        cast(email as {{ dbt.type_string() }}) as email,
        cast(phone as {{ dbt.type_string() }}) as phone,
        cast(null as {{ dbt.type_string() }}) as date_of_birth,
        cast(null as {{ dbt.type_string() }}) as gender,
        cast(null as {{ dbt.type_string() }}) as street,
        cast(null as {{ dbt.type_string() }}) as city,
        cast(null as {{ dbt.type_string() }}) as state,
        cast(null as {{ dbt.type_string() }}) as postal_code,
        cast(country as {{ dbt.type_string() }}) as country,
        cast(organization_name as {{ dbt.type_string() }}) as company,
        cast(null as {{ dbt.type_string() }}) as job_title,
        cast(null as {{ dbt.type_string() }}) as national_id,
        cast(updated_at as {{ dbt.type_string() }}) as updated_at
    from source

)

select * from renamed
