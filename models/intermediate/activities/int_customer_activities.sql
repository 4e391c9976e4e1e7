{#- One row per activity (an order, a ticket), counted once however often it is delivered, with the customer of its source record. -#}
with delivered_activities as (

    select * from {{ ref('int_delivered_activities') }}

),

customer_records as (

    select * from {{ ref('int_customer_records') }}

),

-- of several deliveries of one activity, the last holds
copies as (

    select
        *,
        trim(source_system) || ':' || trim(source_record_id) as record_key,
        row_number() over (
            partition by source_system, activity_type, activity_id
            order by
                occurred_at desc nulls last,
                {{ text_order('status') }} nulls last,
                {{ text_order('source_record_id') }} nulls last,
                amount nulls last
        ) as copy_number
    from delivered_activities

),

final as (

    select
        copies.source_system,
        copies.activity_type,
        copies.activity_id,
        copies.record_key,
        customer_records.customer_id,
        customer_records.customer_number,
        copies.status,
        copies.amount,
        copies.occurred_at
    from copies
    left join customer_records on copies.record_key = customer_records.record_key
    where copies.copy_number = 1

)

select * from final
