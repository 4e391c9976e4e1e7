-- Nothing is counted twice or lost on the way from the activities to the golden records.
with customer_activities as (

    select * from {{ ref('int_customer_activities') }}

),

cancelled_statuses as (

    select
        activity_type,
        status
    from {{ ref('activity_statuses') }}
    where is_cancelled

),

activity_totals as (

    select
        count(*) filter (where customer_activities.activity_type = 'order') as order_count,
        coalesce(sum(customer_activities.amount) filter (where customer_activities.activity_type = 'order'), 0) as order_total_amount,
        count(*) filter (where customer_activities.activity_type = 'ticket') as ticket_count
    from customer_activities
    left join cancelled_statuses
        on
            customer_activities.activity_type = cancelled_statuses.activity_type
            and lower(customer_activities.status) = cancelled_statuses.status
    where customer_activities.customer_id is not null and cancelled_statuses.status is null

),

customer_totals as (

    select
        coalesce(sum(order_count), 0) as order_count,
        coalesce(sum(order_total_amount), 0) as order_total_amount,
        coalesce(sum(ticket_count), 0) as ticket_count
    from {{ ref('golden_customers') }}

)

select
    activity_totals.order_count,
    customer_totals.order_count as customer_order_count,
    activity_totals.order_total_amount,
    customer_totals.order_total_amount as customer_order_total_amount,
    activity_totals.ticket_count,
    customer_totals.ticket_count as customer_ticket_count
from activity_totals
cross join customer_totals
where
    activity_totals.order_count <> customer_totals.order_count
    or activity_totals.order_total_amount <> customer_totals.order_total_amount
    or activity_totals.ticket_count <> customer_totals.ticket_count
