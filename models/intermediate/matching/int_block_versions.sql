{#- One row per record that is in a block, with a number that differs when one of its blocks does, or what it is compared by. -#}
with blocks as (

    select * from {{ ref('int_blocks') }}

),

rules as (

    select * from {{ ref('int_blocking_rules') }}

),

features as (

    select
        record_id,
        row_version
    from {{ ref('int_record_features') }}

),

block_sums as (

    select
        blocks.record_id,
        sum({{ key_hash(['blocks.rule_number', 'blocks.block_key']) }}) as block_sum
    from blocks
    inner join rules on blocks.rule_number = rules.rule_number
    where rules.is_used and blocks.is_compared
    group by blocks.record_id

),

final as (

    select
        features.record_id,
        {{ key_hash(['features.row_version', 'block_sums.block_sum']) }} as row_version
    from features
    inner join block_sums on features.record_id = block_sums.record_id

)

select * from final
