{#- What stewards have decided about pairs of records. A source table that is absent counts as empty. -#}
with source as (

    select * from {{ source_or_empty('stewardship', 'decisions') }}

),

final as (

    select
        nullif(trim(record_key_a), '') as record_key_a,
        nullif(trim(record_key_b), '') as record_key_b,
        nullif(lower(trim(decision)), '') as decision,
        nullif(trim(decided_by), '') as decided_by,
        {{ try_cast_timestamp('decided_at') }} as decided_at,
        nullif(trim(reason), '') as reason,
        decided_at is not null and {{ try_cast_timestamp('decided_at') }} is null as has_unreadable_time
    from source

)

select * from final
