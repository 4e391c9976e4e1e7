{#- One row per customer_id that has lost a record: when it ended (null while it has others), and which customer most of its last records went to. -#}
with customer_assignments as (

    select * from {{ ref('int_customer_assignments') }}

),

thinned_customers as (

    select distinct customer_id from customer_assignments
    where valid_to is not null

),

spans as (

    select
        customer_assignments.customer_id,
        case when count(*) = count(customer_assignments.valid_to) then max(customer_assignments.valid_to) end as ended_at
    from customer_assignments
    inner join thinned_customers on customer_assignments.customer_id = thinned_customers.customer_id
    group by customer_assignments.customer_id

),

customer_moves as (

    select * from {{ ref('int_customer_moves') }}

),

-- where most of the records went when the id ended, or else where the first went that came back
successors as (

    select
        spans.customer_id,
        customer_moves.to_customer_id,
        row_number() over (
            partition by spans.customer_id
            order by customer_moves.moved_at, customer_moves.record_count desc, customer_moves.first_record_id
        ) as preference
    from spans
    inner join customer_moves on spans.customer_id = customer_moves.from_customer_id and spans.ended_at <= customer_moves.moved_at

),

final as (

    select
        spans.customer_id,
        spans.ended_at,
        successors.to_customer_id as successor_id
    from spans
    left join successors on spans.customer_id = successors.customer_id and successors.preference = 1

)

select * from final
