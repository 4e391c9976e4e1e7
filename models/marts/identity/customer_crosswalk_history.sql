{{ config(materialized='view') }}

with customer_assignments as (

    select * from {{ ref('int_customer_assignments') }}

),

final as (

    select
        cast(assignment_id as {{ dbt.type_string() }}) as assignment_id,
        cast(record_key as {{ dbt.type_string() }}) as record_key,
        cast({{ key_source_system('record_key') }} as {{ dbt.type_string() }}) as source_system,
        cast({{ key_source_record_id('record_key') }} as {{ dbt.type_string() }}) as source_record_id,
        cast(customer_id as {{ dbt.type_string() }}) as customer_id,
        cast(valid_from as timestamp) as valid_from,
        cast(valid_to as timestamp) as valid_to
    from customer_assignments

)

select * from final
