with decisions as (

    select * from {{ ref('int_decisions') }}

),

final as (

    select
        cast(md5(
            coalesce(record_key_a, '') || ' ' || coalesce(record_key_b, '') || ' ' || coalesce(decision, '') || ' ' || coalesce(decided_by, '') || ' '
            || coalesce(cast({{ epoch_microseconds('decided_at') }} as text), '') || ' ' || coalesce(reason, '')
        ) as text) as decision_id,
        cast(record_key_a as text) as record_key_a,
        cast(record_key_b as text) as record_key_b,
        cast(decision as text) as decision,
        cast(decided_by as text) as decided_by,
        cast(reason as text) as reason,
        cast(status as text) as status,
        cast(decided_at as timestamp) as decided_at
    from decisions

)

select * from final
