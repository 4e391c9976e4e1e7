{#- One row per blocking rule: what it costs, and whether the budget of candidate pairs has room for it. -#}
with blocks as (

    select * from {{ ref('int_blocks') }}

),

rules as (

    {% for rule in var('blocking_rules') -%}
    select
        {{ loop.index }} as rule_number,
        '{{ rule.name }}' as rule_name
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

record_count as (

    select count(*) as record_count from {{ ref('int_record_features') }}

),

-- a block of n records has n (n - 1) / 2 pairs, (n - 1) / 2 for each of its records
rule_costs as (

    select
        rule_number,
        coalesce(sum(block_size - 1) filter (where is_compared), 0) / 2 as block_pair_count,
        count(*) filter (where not is_compared) as skipped_record_count
    from blocks
    group by rule_number

),

counted as (

    select
        rules.rule_number,
        rules.rule_name,
        cast(coalesce(rule_costs.block_pair_count, 0) as bigint) as block_pair_count,
        cast(coalesce(rule_costs.skipped_record_count, 0) as bigint) as skipped_record_count
    from rules
    left join rule_costs on rules.rule_number = rule_costs.rule_number

),

accumulated as (

    select
        *,
        cast(sum(block_pair_count) over (order by rule_number) as bigint) as accumulated_pair_count
    from counted

),

final as (

    select
        accumulated.*,
        accumulated.accumulated_pair_count
        <= greatest(record_count.record_count * {{ var('candidate_pairs_per_record') }}, {{ var('candidate_pairs_minimum') }}) as is_used
    from accumulated
    cross join record_count

)

select * from final
