with customer_members as (

    select * from {{ ref('int_customer_members') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

final as (

    select
        cast(source_records.record_key as text) as record_key,
        cast(source_records.source_system as text) as source_system,
        cast(source_records.source_record_id as text) as source_record_id,
        cast(customer_members.customer_id as text) as customer_id
    from source_records
    left join customer_members on source_records.record_id = customer_members.record_id

)

select * from final
