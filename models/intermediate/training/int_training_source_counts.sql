{#- One row per source × number of records (the last stands for as many and more): how many fragments of customers have so many records in it. -#}
with fragments as (

    select * from {{ ref('int_fragments') }}

),

fragment_sources as (

    select * from {{ ref('int_fragment_sources') }}

),

held as (

    select
        source_system,
        record_count_level as record_count,
        count(*) as fragment_count
    from fragment_sources
    group by source_system, record_count_level

),

all_fragments as (

    select count(distinct fragment_id) as fragment_count from fragments

),

not_held as (

    select
        held.source_system,
        0 as record_count,
        all_fragments.fragment_count - sum(held.fragment_count) as fragment_count
    from held
    cross join all_fragments
    group by held.source_system, all_fragments.fragment_count

),

united as (

    select
        source_system,
        record_count,
        fragment_count
    from held
    union all
    select
        source_system,
        record_count,
        fragment_count
    from not_held

),

final as (

    select
        source_system,
        cast(record_count as integer) as record_count,
        cast(fragment_count as bigint) as fragment_count
    from united

)

select * from final
