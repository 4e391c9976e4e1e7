{#- One row per event in the life of a customer_id that identity_history does not tell yet, as the assignments show it, and source record that took part. -#}
{%- set untold = "> cast('" ~ told_until() ~ "' as timestamp)" -%}
with customer_assignments as (

    select * from {{ ref('int_customer_assignments') }}

),

customer_lifetimes as (

    select * from {{ ref('int_customer_lifetimes') }}

),

record_moves as (

    select * from {{ ref('int_record_moves') }}

),

customer_moves as (

    select * from {{ ref('int_customer_moves') }}
    where moved_at {{ untold }}

),

joined_customers as (

    select distinct customer_id from customer_assignments
    where valid_from {{ untold }}

),

beginnings as (

    select
        customer_assignments.customer_id,
        min(customer_assignments.valid_from) as began_at
    from customer_assignments
    inner join joined_customers on customer_assignments.customer_id = joined_customers.customer_id
    group by customer_assignments.customer_id

),

-- an id that records brought along from another customer came of a split
created as (

    select
        'created' as event_type,
        beginnings.began_at as occurred_at,
        beginnings.customer_id,
        cast(null as {{ dbt.type_string() }}) as other_customer_id
    from beginnings
    left join customer_moves
        on beginnings.customer_id = customer_moves.to_customer_id and beginnings.began_at = customer_moves.moved_at
    where beginnings.began_at {{ untold }} and customer_moves.to_customer_id is null

),

told_moves as (

    select
        customer_moves.*,
        coalesce(customer_lifetimes.successor_id = customer_moves.to_customer_id, false) as is_merge
    from customer_moves
    left join customer_lifetimes
        on customer_moves.from_customer_id = customer_lifetimes.customer_id and customer_moves.moved_at >= customer_lifetimes.ended_at

),

-- a merge is an event of the customer that took the records, a split one of the customer that lost them
moved as (

    select
        case when told_moves.is_merge then 'merged' else 'split' end as event_type,
        told_moves.moved_at as occurred_at,
        case when told_moves.is_merge then told_moves.to_customer_id else told_moves.from_customer_id end as customer_id,
        case when told_moves.is_merge then told_moves.from_customer_id else told_moves.to_customer_id end as other_customer_id,
        record_moves.record_id,
        record_moves.record_key
    from told_moves
    inner join record_moves
        on
            told_moves.moved_at = record_moves.moved_at
            and told_moves.from_customer_id = record_moves.from_customer_id
            and told_moves.to_customer_id = record_moves.to_customer_id

),

ends as (

    select distinct
        customer_id,
        valid_to as ended_at
    from customer_assignments
    where valid_to {{ untold }}

),

-- the last records have gone, and none of them to another customer at that time
retired as (

    select
        'retired' as event_type,
        ends.ended_at as occurred_at,
        ends.customer_id,
        cast(null as {{ dbt.type_string() }}) as other_customer_id
    from ends
    left join customer_moves on ends.customer_id = customer_moves.from_customer_id and ends.ended_at = customer_moves.moved_at
    where
        customer_moves.from_customer_id is null
        and not exists (
            select 1
            from customer_assignments
            where
                customer_assignments.customer_id = ends.customer_id
                and customer_assignments.valid_from <= ends.ended_at
                and coalesce(customer_assignments.valid_to > ends.ended_at, true)
        )

),

-- records that had gone and are back, with the id they had
returns as (

    select distinct
        back.customer_id,
        back.valid_from as occurred_at
    from customer_assignments as gone
    inner join customer_assignments as back on gone.record_id = back.record_id and gone.customer_id = back.customer_id
    where not gone.is_latest and back.valid_from > gone.valid_to and back.valid_from {{ untold }}

),

restored as (

    select
        'restored' as event_type,
        returns.occurred_at,
        returns.customer_id,
        cast(null as {{ dbt.type_string() }}) as other_customer_id
    from returns
    where not exists (
        select 1
        from customer_assignments
        where
            customer_assignments.customer_id = returns.customer_id
            and customer_assignments.valid_from < returns.occurred_at
            and coalesce(customer_assignments.valid_to >= returns.occurred_at, true)
    )

),

begun as (

    select * from created
    union all
    select * from restored

),

final as (

    select
        begun.*,
        customer_assignments.record_id,
        customer_assignments.record_key
    from begun
    inner join customer_assignments
        on begun.customer_id = customer_assignments.customer_id and begun.occurred_at = customer_assignments.valid_from
    union all
    select * from moved
    union all
    select
        retired.*,
        customer_assignments.record_id,
        customer_assignments.record_key
    from retired
    inner join customer_assignments
        on retired.customer_id = customer_assignments.customer_id and retired.occurred_at = customer_assignments.valid_to

)

select * from final
