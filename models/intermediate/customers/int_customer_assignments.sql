{#- The state that customer_ids live in: one row per source record × time during which it belonged to one customer. No build drops it, not even one with
    --full-refresh, and a build on unchanged sources changes none of its rows. -#}
{{ config(
    materialized='ledger',
    key='assignment_id',
    schema='state',
    pre_hook="{{ check_id_churn() }}",
    post_hook="{{ note_state() }}",
) }}

with computed_changes as (

    select * from {{ ref('int_assignment_changes') }}

),

earlier_assignments as (

    select * from {{ earlier_assignments() }} as earlier

),

latest_assignments as (

    select * from earlier_assignments
    where is_latest

),

open_assignments as (

    select * from earlier_assignments
    where valid_to is null

),

-- a change that has been made already is not made again
assignment_changes as (

    select computed_changes.*
    from computed_changes
    left join open_assignments on computed_changes.record_id = open_assignments.record_id
    where open_assignments.customer_id is not distinct from computed_changes.previous_customer_id

),

-- a clock that was set back does not turn the order of events
this_build as (

    select
        greatest(
            cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp),
            max(greatest(valid_from, valid_to)) + interval '1 microsecond'
        ) as built_at
    from earlier_assignments

),

record_histories as (

    select
        earlier_assignments.record_id,
        count(*) as assignment_count
    from earlier_assignments
    inner join assignment_changes on earlier_assignments.record_id = assignment_changes.record_id
    group by earlier_assignments.record_id

),

ended as (

    select
        latest_assignments.assignment_id,
        latest_assignments.record_id,
        latest_assignments.record_key,
        latest_assignments.customer_id,
        latest_assignments.first_known_at,
        latest_assignments.valid_from,
        coalesce(latest_assignments.valid_to, this_build.built_at) as valid_to,
        assignment_changes.customer_id is null as is_latest
    from assignment_changes
    inner join latest_assignments on assignment_changes.record_id = latest_assignments.record_id
    cross join this_build

),

begun as (

    select
        md5(cast(coalesce(record_histories.assignment_count, 0) as {{ dbt.type_string() }}) || ' ' || assignment_changes.record_key) as assignment_id,
        assignment_changes.record_id,
        assignment_changes.record_key,
        assignment_changes.customer_id,
        coalesce(latest_assignments.first_known_at, this_build.built_at) as first_known_at,
        this_build.built_at as valid_from,
        cast(null as timestamp) as valid_to,
        true as is_latest
    from assignment_changes
    cross join this_build
    left join record_histories on assignment_changes.record_id = record_histories.record_id
    left join latest_assignments on assignment_changes.record_id = latest_assignments.record_id
    where assignment_changes.customer_id is not null

),

final as (

    select * from ended
    union all
    select * from begun

)

select
    cast(assignment_id as {{ dbt.type_string() }}) as assignment_id,
    cast(record_id as bigint) as record_id,
    cast(record_key as {{ dbt.type_string() }}) as record_key,
    cast(customer_id as {{ dbt.type_string() }}) as customer_id,
    cast(first_known_at as timestamp) as first_known_at,
    cast(valid_from as timestamp) as valid_from,
    cast(valid_to as timestamp) as valid_to,
    cast(is_latest as boolean) as is_latest
from final
