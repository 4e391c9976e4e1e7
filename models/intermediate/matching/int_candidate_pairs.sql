{{ config(
    materialized='delta',
    key='record_id',
    unit_columns=['record_id_a', 'record_id_b'],
    inputs=['int_blocks', 'int_blocking_rules'],
    pre_hook="{{ check_pair_budget() }}",
) }}

with rules as (

    select * from {{ ref('int_blocking_rules') }}

),

changed_blocks as (

    select
        blocks.record_id,
        blocks.rule_number,
        blocks.block_key
    from {{ ref('int_blocks') }} as blocks
    inner join rules on blocks.rule_number = rules.rule_number
    where rules.is_used and blocks.is_compared and {{ changed('int_block_versions', 'blocks.record_id') }}

),

-- a pair of two changed records is found from the smaller of the two, any other from the changed one
shared_blocks as (

    select
        least(one.record_id, other.record_id) as record_id_a,
        greatest(one.record_id, other.record_id) as record_id_b,
        one.rule_number
    from changed_blocks as one
    inner join {{ ref('int_blocks') }} as other
        on
            one.rule_number = other.rule_number
            and one.block_key = other.block_key
            and one.record_id <> other.record_id
    where other.is_compared and (one.record_id < other.record_id or not {{ changed('int_block_versions', 'other.record_id') }})

),

-- a pair that several rules find is compared once
final as (

    select
        record_id_a,
        record_id_b,
        bit_or(cast(1 as bigint) << rule_number) as rule_mask
    from shared_blocks
    group by record_id_a, record_id_b

)

select * from final
