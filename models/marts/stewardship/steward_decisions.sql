with decisions as (

    select * from {{ ref('int_decisions') }}

),

final as (

    select
        cast(md5(
            coalesce(record_key_a, '') || ' ' || coalesce(record_key_b, '') || ' ' || coalesce(decision, '') || ' ' || coalesce(decided_by, '') || ' '
            || coalesce(cast({{ epoch_microseconds('decided_at') }} as {{ dbt.type_string() }}), '') || ' ' || coalesce(reason, '')
        ) as {{ dbt.type_string() }}) as decision_id,
        cast(record_key_a as {{ dbt.type_string() }}) as record_key_a,
        cast(record_key_b as {{ dbt.type_string() }}) as record_key_b,
        cast(decision as {{ dbt.type_string() }}) as decision,
        cast(decided_by as {{ dbt.type_string() }}) as decided_by,
        cast(reason as {{ dbt.type_string() }}) as reason,
        cast(status as {{ dbt.type_string() }}) as status,
        cast(decided_at as timestamp) as decided_at
    from decisions

)

select * from final
