{{ config(enabled=is_listed_source('stg_generic__records', 'identity_sources')) }}

with source as (

    select * from {{ customer_source('generic', 'records') }}

),

renamed as (

    select
        {%- for column in record_contract() %}
        cast({{ column }} as {{ dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from source

)

select * from renamed
