{#- What stewards have decided about pairs of records. A source table that is absent counts as empty. -#}
with source as (

    select * from {{ source_or_empty('stewardship', 'decisions') }}

),

final as (

    select
        trim(record_key_a) as record_key_a,
        trim(record_key_b) as record_key_b,
        lower(trim(decision)) as decision,
        decided_by,
        {{ try_cast_timestamp('decided_at') }} as decided_at,
        reason
    from source

)

select * from final
