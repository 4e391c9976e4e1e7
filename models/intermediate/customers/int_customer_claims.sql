{#- One row per customer_id of earlier builds × cluster of this one that holds records of it: the cluster's claim to the id. A record that comes back after it
    had gone claims the id it had, unless that has been merged into another meanwhile. -#}
with clusters as (

    select * from {{ ref('int_clusters') }}

),

earlier_assignments as (

    select * from {{ earlier_assignments() }} as earlier

),

latest_assignments as (

    select * from earlier_assignments
    where is_latest

),

returned as (

    select latest_assignments.*
    from latest_assignments
    inner join clusters on latest_assignments.record_id = clusters.record_id
    where latest_assignments.valid_to is not null

),

returned_ids as (

    select distinct customer_id from returned

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

followed as (

    select
        earlier_assignments.customer_id,
        lead(earlier_assignments.customer_id) over of_record as next_customer_id,
        lead(earlier_assignments.valid_from) over of_record as next_from
    from earlier_assignments
    inner join their_records on earlier_assignments.record_id = their_records.record_id
    window of_record as (partition by earlier_assignments.record_id order by earlier_assignments.valid_from)

),

-- an id that ended, and of which a record went to another customer then or came back to one since, leads there
merged_customers as (

    select distinct returned_customers.customer_id
    from returned_customers
    inner join followed
        on
            returned_customers.customer_id = followed.customer_id
            and followed.customer_id <> followed.next_customer_id
            and returned_customers.ended_at <= followed.next_from
    where not returned_customers.is_alive

),

claiming as (

    select
        record_id,
        customer_id,
        first_known_at,
        true as is_open
    from latest_assignments
    where valid_to is null
    union all
    select
        returned.record_id,
        returned.customer_id,
        returned.first_known_at,
        false as is_open
    from returned
    left join merged_customers on returned.customer_id = merged_customers.customer_id
    where merged_customers.customer_id is null

),

claims as (

    select
        claiming.customer_id,
        clusters.cluster_id,
        count(*) as record_count,
        count(*) filter (where claiming.is_open) as open_record_count,
        min(claiming.first_known_at) as first_known_at,
        min(claiming.record_id) as first_record_id
    from claiming
    inner join clusters on claiming.record_id = clusters.record_id
    group by claiming.customer_id, clusters.cluster_id

),

final as (

    select
        *,
        count(*) over (partition by customer_id) > 1 or count(*) over (partition by cluster_id) > 1 as is_contested
    from claims

)

select * from final
