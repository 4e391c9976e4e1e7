{#- One row per customer with activities: what it ordered and asked for. Cancelled orders count neither as orders nor in the total. Amounts are added up
    within one currency, the one that most of the customer's orders are in. -#}
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
        customer_activities.currency,
        customer_activities.occurred_at,
        coalesce(activity_statuses.is_open, false) as is_open
    from customer_activities
    left join activity_statuses
        on customer_activities.activity_type = activity_statuses.activity_type and lower(customer_activities.status) = activity_statuses.status
    where
        customer_activities.customer_number is not null
        and not coalesce(activity_statuses.is_cancelled, false)

),

currency_totals as (

    select
        customer_number,
        currency,
        sum(amount) as total_amount,
        row_number() over (partition by customer_number order by count(*) desc, {{ text_order('currency') }} nulls last) as preference
    from activities
    where activity_type = 'order'
    group by customer_number, currency

),

totals as (

    select
        customer_number,
        count(*) filter (where activity_type = 'order') as order_count,
        min(occurred_at) filter (where activity_type = 'order') as first_ordered_at,
        max(occurred_at) filter (where activity_type = 'order') as last_ordered_at,
        count(*) filter (where activity_type = 'ticket') as ticket_count,
        count(*) filter (where activity_type = 'ticket' and is_open) as open_ticket_count,
        max(occurred_at) filter (where activity_type = 'ticket') as last_ticket_at
    from activities
    group by customer_number

),

final as (

    select
        totals.customer_number,
        totals.order_count,
        cast(currency_totals.total_amount as numeric(18, 6)) as order_total_amount,
        currency_totals.currency as order_currency,
        totals.first_ordered_at,
        totals.last_ordered_at,
        totals.ticket_count,
        totals.open_ticket_count,
        totals.last_ticket_at
    from totals
    left join currency_totals on totals.customer_number = currency_totals.customer_number and currency_totals.preference = 1

)

select * from final
