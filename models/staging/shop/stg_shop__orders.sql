{{ config(enabled=is_listed_source('stg_shop__orders', 'activity_sources')) }}

with source as (

    select * from {{ source_or_empty('shop', 'orders') }}

),

renamed as (

    select
        'shop' as source_system,
        nullif(cast(customer_id as {{ dbt.type_string() }}), '') as source_record_id,
        'order' as activity_type,
        cast(id as {{ dbt.type_string() }}) as activity_id,
        case
            when nullif(cast(cancelled_at as {{ dbt.type_string() }}), '') is null then cast(financial_status as {{ dbt.type_string() }})
            else 'cancelled'
        end as status,
        {{ try_cast_numeric('cast(total_price as ' ~ dbt.type_string() ~ ')') }} as amount,
        cast(currency as {{ dbt.type_string() }}) as currency,
        {{ try_cast_timestamp('cast(created_at as ' ~ dbt.type_string() ~ ')') }} as occurred_at
    from source

)

select * from renamed
