{{ config(enabled=is_listed_source('stg_crm__contacts', 'identity_sources')) }}

with source as (

    select * from {{ source_or_empty('crm', 'accounts') }}

),

renamed as (

    select
        cast(id as {{ dbt.type_string() }}) as account_id,
        cast(name as {{ dbt.type_string() }}) as account_name,
        cast(website as {{ dbt.type_string() }}) as website,
        cast(phone as {{ dbt.type_string() }}) as phone,
        cast(industry as {{ dbt.type_string() }}) as industry,
        cast(number_of_employees as {{ dbt.type_string() }}) as employee_count,
        cast(billing_street as {{ dbt.type_string() }}) as street,
        cast(billing_city as {{ dbt.type_string() }}) as city,
        cast(billing_state as {{ dbt.type_string() }}) as state,
        cast(billing_postal_code as {{ dbt.type_string() }}) as postal_code,
        cast(billing_country as {{ dbt.type_string() }}) as country,
        cast(last_modified_date as {{ dbt.type_string() }}) as updated_at
    from source

)

select * from renamed
