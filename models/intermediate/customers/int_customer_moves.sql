{#- One row per customer × customer that records went to × time, with how many went. -#}
with record_moves as (

    select * from {{ ref('int_record_moves') }}

),

final as (

    select
        from_customer_id,
        to_customer_id,
        moved_at,
        count(*) as record_count,
        min(record_id) as first_record_id
    from record_moves
    group by from_customer_id, to_customer_id, moved_at

)

select * from final
