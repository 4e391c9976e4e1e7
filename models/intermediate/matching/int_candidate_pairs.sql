{{ config(pre_hook="{{ check_pair_budget() }}") }}

with blocks as (

    select * from {{ ref('int_blocks') }}

),

rules as (

    select * from {{ ref('int_blocking_rules') }}

),

used_blocks as (

    select
        blocks.record_id,
        blocks.rule_number,
        blocks.block_key
    from blocks
    inner join rules on blocks.rule_number = rules.rule_number
    where rules.is_used and blocks.is_compared

),

-- a pair that several rules find is compared once
final as (

    select
        one.record_id as record_id_a,
        other.record_id as record_id_b,
        bit_or(cast(1 as bigint) << one.rule_number) as rule_mask
    from used_blocks as one
    inner join used_blocks as other
        on
            one.rule_number = other.rule_number
            and one.block_key = other.block_key
            and one.record_id < other.record_id
    group by one.record_id, other.record_id

)

select * from final
