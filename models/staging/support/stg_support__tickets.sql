{{ config(enabled=is_listed_source('stg_support__tickets', 'activity_sources')) }}

with source as (

    select * from {{ source_or_empty('support', 'tickets') }}

),

renamed as (

    select
        'support' as source_system,
        nullif(cast(requester_id as {{ dbt.type_string() }}), '') as source_record_id,
        'ticket' as activity_type,
        cast(id as {{ dbt.type_string() }}) as activity_id,
        cast(status as {{ dbt.type_string() }}) as status,
        cast(null as numeric(18, 6)) as amount,
        cast(null as {{ dbt.type_string() }}) as currency,
        {{ try_cast_timestamp('cast(created_at as ' ~ dbt.type_string() ~ ')') }} as occurred_at
    from source

)

select * from renamed
