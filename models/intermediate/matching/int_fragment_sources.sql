{#- One row per fragment × source that has records of it, with their number. -#}
with fragments as (

    select * from {{ ref('int_fragments') }}

),

final as (

    select
        fragment_id,
        source_system,
        count(*) as record_count,
        least(count(*), {{ most_source_records() }}) as record_count_level
    from fragments
    group by fragment_id, source_system

)

select * from final
