{#- One row per customer with activities: what it ordered and asked for. Cancelled orders count neither as orders nor in the total. -#}
with customer_activities as (

    select * from {{ ref('int_customer_activities') }}

),

activity_statuses as (

    select * from {{ ref('activity_statuses') }}

),

activities as (

    select
        customer_activities.customer_number,
        customer_activities.activity_type,
        customer_activities.amount,
        customer_activities.occurred_at,
        coalesce(activity_statuses.is_open, false) as is_open
    from customer_activities
    left join activity_statuses
        on customer_activities.activity_type = activity_statuses.activity_type and lower(customer_activities.status) = activity_statuses.status
    where
        customer_activities.customer_number is not null
        and not coalesce(activity_statuses.is_cancelled, false)

),

final as (

    select
        customer_number,
        count(*) filter (where activity_type = 'order') as order_count,
        sum(amount) filter (where activity_type = 'order') as order_total_amount,
        min(occurred_at) filter (where activity_type = 'order') as first_ordered_at,
        max(occurred_at) filter (where activity_type = 'order') as last_ordered_at,
        count(*) filter (where activity_type = 'ticket') as ticket_count,
        count(*) filter (where activity_type = 'ticket' and is_open) as open_ticket_count,
        max(occurred_at) filter (where activity_type = 'ticket') as last_ticket_at
    from activities
    group by customer_number

)

select * from final
