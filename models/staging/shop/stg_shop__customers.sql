{{ config(enabled=is_listed_source('stg_shop__customers', 'identity_sources')) }}

with source as (

    select * from {{ customer_source('shop', 'customers') }}

),

renamed as (

    select
        'shop' as source_system,
        cast(id as {{ dbt.type_string() }}) as source_record_id,
        cast(null as {{ dbt.type_string() }}) as full_name,
        cast(first_name as {{ dbt.type_string() }}) as first_name,
        cast(null as {{ dbt.type_string() }}) as middle_name,
        cast(last_name as {{ dbt.type_string() }}) as last_name,
        cast(email as {{ dbt.type_string() }}) as email,
        coalesce(nullif(cast(phone as {{ dbt.type_string() }}), ''), cast(default_address_phone as {{ dbt.type_string() }})) as phone,
        cast(birth_date as {{ dbt.type_string() }}) as date_of_birth,
        cast(null as {{ dbt.type_string() }}) as gender,
        nullif(
            concat_ws(
                ', ',
                nullif(cast(default_address_address1 as {{ dbt.type_string() }}), ''),
                nullif(cast(default_address_address2 as {{ dbt.type_string() }}), '')
            ),
            ''
        ) as street,
        cast(default_address_city as {{ dbt.type_string() }}) as city,
        coalesce(
            nullif(cast(default_address_province_code as {{ dbt.type_string() }}), ''), cast(default_address_province as {{ dbt.type_string() }})
        ) as state,
        cast(default_address_zip as {{ dbt.type_string() }}) as postal_code,
        coalesce(
            nullif(cast(default_address_country_code as {{ dbt.type_string() }}), ''), cast(default_address_country as {{ dbt.type_string() }})
        ) as country,
        cast(default_address_company as {{ dbt.type_string() }}) as company,
        cast(null as {{ dbt.type_string() }}) as job_title,
        cast(null as {{ dbt.type_string() }}) as national_id,
        cast(updated_at as {{ dbt.type_string() }}) as updated_at
    from source

)

select * from renamed
