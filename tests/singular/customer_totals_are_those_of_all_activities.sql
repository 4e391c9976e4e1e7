-- Nothing is counted twice or lost on the way from the activities to the golden records.
with customer_activities as (

    select * from {{ ref('int_customer_activities') }}

),

golden_customers as (

    select * from {{ ref('golden_customers') }}

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
        customer_activities.customer_id,
        count(*) filter (where customer_activities.activity_type = 'order') as order_count,
        count(*) filter (where customer_activities.activity_type = 'ticket') as ticket_count
    from customer_activities
    left join cancelled_statuses
        on
            customer_activities.activity_type = cancelled_statuses.activity_type
            and lower(customer_activities.status) = cancelled_statuses.status
    where customer_activities.customer_id is not null and cancelled_statuses.status is null
    group by customer_activities.customer_id

)

select
    golden_customers.customer_id,
    activity_totals.order_count,
    golden_customers.order_count as golden_order_count,
    activity_totals.ticket_count,
    golden_customers.ticket_count as golden_ticket_count
from activity_totals
full join golden_customers on activity_totals.customer_id = golden_customers.customer_id
where
    golden_customers.customer_id is null
    or golden_customers.order_count <> coalesce(activity_totals.order_count, 0)
    or golden_customers.ticket_count <> coalesce(activity_totals.ticket_count, 0)
