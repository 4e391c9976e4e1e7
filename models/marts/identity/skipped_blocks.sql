{{ config(materialized='view') }}

with blocks as (

    select * from {{ ref('int_blocks') }}

),

rules as (

    select * from {{ ref('int_blocking_rules') }}

),

-- a block that stays above the cap after every refinement
oversized_blocks as (

    select
        rules.rule_name,
        cast(blocks.block_key as {{ dbt.type_string() }}) as block_key,
        'above_block_size' as reason,
        count(*) as record_count
    from blocks
    inner join rules on blocks.rule_number = rules.rule_number
    where not blocks.is_compared and blocks.block_size is null
    group by rules.rule_name, blocks.block_key

),

-- a rule that the budget of candidate pairs has no room for, as one row
unaffordable_rules as (

    select
        rules.rule_name,
        'all' as block_key,
        'above_pair_budget' as reason,
        count(distinct blocks.record_id) as record_count
    from blocks
    inner join rules on blocks.rule_number = rules.rule_number
    where not rules.is_used and blocks.is_compared
    group by rules.rule_name

),

united as (

    select * from oversized_blocks
    union all
    select * from unaffordable_rules

),

final as (

    select
        cast(md5(rule_name || ' ' || block_key || ' ' || reason) as {{ dbt.type_string() }}) as skipped_block_id,
        cast(rule_name as {{ dbt.type_string() }}) as rule_name,
        cast(block_key as {{ dbt.type_string() }}) as block_key,
        cast(reason as {{ dbt.type_string() }}) as reason,
        cast(record_count as bigint) as record_count
    from united

)

select * from final
