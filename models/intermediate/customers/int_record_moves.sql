{#- One row per source record × time at which it came to another customer than the one it had before, even if it had gone in between. -#}
with customer_assignments as (

    select * from {{ ref('int_customer_assignments') }}

),

ended_assignments as (

    select distinct record_id from customer_assignments
    where not is_latest

),

followed as (

    select
        customer_assignments.record_id,
        customer_assignments.record_key,
        customer_assignments.customer_id as from_customer_id,
        lead(customer_assignments.customer_id) over of_record as to_customer_id,
        lead(customer_assignments.valid_from) over of_record as moved_at
    from customer_assignments
    inner join ended_assignments on customer_assignments.record_id = ended_assignments.record_id
    window of_record as (partition by customer_assignments.record_id order by customer_assignments.valid_from)

),

final as (

    select * from followed
    where from_customer_id <> to_customer_id

)

select * from final
