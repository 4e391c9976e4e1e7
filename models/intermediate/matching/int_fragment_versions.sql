{#- One row per record that is in a block, with a number that differs when its pairs may weigh something else: when what it is compared by differs, or the
    sources of its fragment. A view, as it is read once. -#}
{{ config(materialized='view') }}

with block_versions as (

    select * from {{ ref('int_block_versions') }}

),

fragments as (

    select * from {{ ref('int_fragments') }}

),

fragment_sources as (

    select * from {{ ref('int_fragment_sources') }}

),

source_sums as (

    select
        fragment_id,
        sum({{ key_hash(['fragment_id', 'source_system', 'record_count_level']) }}) as source_sum
    from fragment_sources
    group by fragment_id

),

final as (

    select
        block_versions.record_id,
        {{ key_hash(['block_versions.row_version', 'source_sums.source_sum']) }} as row_version
    from block_versions
    inner join fragments on block_versions.record_id = fragments.record_id
    inner join source_sums on fragments.fragment_id = source_sums.fragment_id

)

select * from final
