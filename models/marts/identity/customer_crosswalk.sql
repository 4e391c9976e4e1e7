{{ config(materialized='view') }}

with customer_members as (

    select * from {{ ref('int_customer_members') }}

),

final as (

    select
        cast(record_key as {{ dbt.type_string() }}) as record_key,
        cast({{ key_source_system('record_key') }} as {{ dbt.type_string() }}) as source_system,
        cast({{ key_source_record_id('record_key') }} as {{ dbt.type_string() }}) as source_record_id,
        cast(customer_id as {{ dbt.type_string() }}) as customer_id
    from customer_members

)

select * from final
