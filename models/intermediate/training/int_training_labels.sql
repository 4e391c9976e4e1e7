{#- One row per pair of records that is known to be one person, or not: decisions of stewards, the last of which counts. -#}
with decisions as (

    select * from {{ ref('stg_stewardship__decisions') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

decided as (

    select
        least(record_a.record_id, record_b.record_id) as record_id_a,
        greatest(record_a.record_id, record_b.record_id) as record_id_b,
        decisions.decision = 'match' as is_match,
        row_number() over (
            partition by least(record_a.record_id, record_b.record_id), greatest(record_a.record_id, record_b.record_id)
            order by decisions.decided_at desc nulls last, decisions.decision desc
        ) as recency
    from decisions
    inner join source_records as record_a on decisions.record_key_a = record_a.record_key
    inner join source_records as record_b on decisions.record_key_b = record_b.record_key
    where decisions.decision in ('match', 'no_match') and record_a.record_id <> record_b.record_id

),

final as (

    select
        record_id_a,
        record_id_b,
        is_match
    from decided
    where recency = 1

)

select * from final
