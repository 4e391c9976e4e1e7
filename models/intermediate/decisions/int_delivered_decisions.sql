{#- One row per decision of a steward, with the records it is about and why it does not count, if so: it cannot be read (malformed), one of its records is
    not there (unknown_record), or there is a later one about the same pair (superseded). -#}
with decisions as (

    select * from {{ ref('stg_stewardship__decisions') }}

),

source_records as (

    select
        record_id,
        record_key
    from {{ ref('int_source_records') }}

),

-- a decision that is delivered twice is one
distinct_decisions as (

    select distinct
        record_key_a,
        record_key_b,
        decision,
        decided_by,
        decided_at,
        reason,
        has_unreadable_time
    from decisions

),

found as (

    select
        distinct_decisions.*,
        least(record_a.record_id, record_b.record_id) as record_id_a,
        greatest(record_a.record_id, record_b.record_id) as record_id_b,
        case
            when
                coalesce(distinct_decisions.decision, '') not in ('match', 'no_match')
                or distinct_decisions.record_key_a is null
                or distinct_decisions.record_key_b is null
                or coalesce(distinct_decisions.has_unreadable_time, false)
                or distinct_decisions.record_key_a = distinct_decisions.record_key_b
                then 'malformed'
            when record_a.record_id is null or record_b.record_id is null then 'unknown_record'
        end as problem
    from distinct_decisions
    left join source_records as record_a on distinct_decisions.record_key_a = record_a.record_key
    left join source_records as record_b on distinct_decisions.record_key_b = record_b.record_key

),

ranked as (

    select
        *,
        rank() over (partition by problem, record_id_a, record_id_b order by decided_at desc nulls last) as recency
    from found

),

final as (

    select
        record_key_a,
        record_key_b,
        record_id_a,
        record_id_b,
        decision,
        decided_by,
        decided_at,
        reason,
        coalesce(problem, case when recency > 1 then 'superseded' end) as problem
    from ranked

)

select * from final
