{#- One row per customer_id of earlier builds × cluster of this one that holds records of it, of those that are unsettled: the cluster's claim to the id. A
    record that comes back after it had gone claims the id it had, unless that has been merged into another meanwhile, or lives on as it was. -#}
{{ config(earlier=['int_customer_assignments']) }}

with unsettled_records as (

    select * from {{ ref('int_unsettled_records') }}

),

earlier_assignments as (

    select * from {{ earlier_assignments() }} as earlier

),

unsettled_customers as (

    select distinct previous_customer_id as customer_id
    from unsettled_records
    where previous_customer_id is not null

),

latest_assignments as (

    select
        earlier_assignments.record_id,
        earlier_assignments.customer_id,
        earlier_assignments.first_known_at,
        earlier_assignments.valid_to,
        unsettled_records.cluster_id
    from earlier_assignments
    inner join unsettled_records on earlier_assignments.record_id = unsettled_records.record_id
    where earlier_assignments.is_latest and unsettled_records.cluster_id is not null

),

returned_ids as (

    select distinct customer_id from latest_assignments
    where valid_to is not null

),

returned_customers as (

    select
        earlier_assignments.customer_id,
        count(*) > count(earlier_assignments.valid_to) as is_alive,
        max(earlier_assignments.valid_to) as ended_at
    from earlier_assignments
    inner join returned_ids on earlier_assignments.customer_id = returned_ids.customer_id
    group by earlier_assignments.customer_id

),

their_records as (

    select distinct earlier_assignments.record_id
    from earlier_assignments
    inner join returned_ids on earlier_assignments.customer_id = returned_ids.customer_id

),

moves as (

    {{ moves_of_records('earlier_assignments', 'their_records') }}

),

-- an id that ended, and of which a record went to another customer then or came back to one since, leads there; one that lives on in a cluster of all its
-- records, and no others, stays with it
given_ids as (

    select returned_customers.customer_id
    from returned_customers
    inner join moves on returned_customers.customer_id = moves.from_customer_id and returned_customers.ended_at <= moves.moved_at
    where not returned_customers.is_alive
    union
    select returned_customers.customer_id
    from returned_customers
    left join unsettled_customers on returned_customers.customer_id = unsettled_customers.customer_id
    where returned_customers.is_alive and unsettled_customers.customer_id is null

),

claims as (

    select
        latest_assignments.customer_id,
        latest_assignments.cluster_id,
        count(*) as record_count,
        count(*) filter (where latest_assignments.valid_to is null) as open_record_count,
        min(latest_assignments.first_known_at) as first_known_at,
        min(latest_assignments.record_id) as first_record_id
    from latest_assignments
    left join given_ids on latest_assignments.customer_id = given_ids.customer_id
    where latest_assignments.valid_to is null or given_ids.customer_id is null
    group by latest_assignments.customer_id, latest_assignments.cluster_id

),

final as (

    select
        *,
        count(*) over (partition by customer_id) > 1 or count(*) over (partition by cluster_id) > 1 as is_contested
    from claims

)

select * from final
