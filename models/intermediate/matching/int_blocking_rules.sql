{#- One row per blocking rule: what it costs beside the rules before it, and whether the budget of candidate pairs has room for it. The cost is estimated before
    a pair is made, on the pairs of a sample of the records (of all, where there are few). The blocks are named where they are read: as a CTE that is read
    three times an engine would copy them. -#}
{%- set sampled_records = 10000 -%}
with rules as (

    {% for rule in var('blocking_rules') -%}
    select
        {{ loop.index }} as rule_number,
        '{{ rule.name }}' as rule_name
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

sampling as (

    select
        count(*) as record_count,
        greatest({{ integer_divide('count(*)', sampled_records) }}, 1) as one_in
    from {{ ref('int_record_features') }}

),

sampled_blocks as (

    select
        blocks.record_id,
        blocks.rule_number,
        blocks.block_key
    from {{ ref('int_blocks') }} as blocks
    cross join sampling
    where blocks.is_compared and blocks.record_id % sampling.one_in = 0

),

-- a pair is found by each of its two records: half of the pairs of all records, or of a sample, stand for one end
sampled_pairs as (

    select
        one.record_id,
        other.record_id as other_record_id,
        min(one.rule_number) as rule_number
    from sampled_blocks as one
    inner join {{ ref('int_blocks') }} as other
        on
            one.rule_number = other.rule_number
            and one.block_key = other.block_key
            and one.record_id <> other.record_id
    where other.is_compared
    group by one.record_id, other.record_id

),

new_pairs as (

    select
        rule_number,
        count(*) as sampled_count
    from sampled_pairs
    group by rule_number

),

block_costs as (

    select
        rule_number,
        coalesce(sum(block_size - 1) filter (where is_compared), 0) / 2 as block_pair_count,
        count(*) filter (where not is_compared and block_size is null) as skipped_record_count
    from {{ ref('int_blocks') }}
    group by rule_number

),

counted as (

    select
        rules.rule_number,
        rules.rule_name,
        sampling.record_count,
        cast(coalesce(block_costs.block_pair_count, 0) as bigint) as block_pair_count,
        cast(coalesce(block_costs.skipped_record_count, 0) as bigint) as skipped_record_count,
        cast(coalesce(new_pairs.sampled_count, 0) * sampling.one_in / 2 as bigint) as new_pair_count
    from rules
    cross join sampling
    left join block_costs on rules.rule_number = block_costs.rule_number
    left join new_pairs on rules.rule_number = new_pairs.rule_number

),

accumulated as (

    select
        *,
        cast(sum(new_pair_count) over (order by rule_number) as bigint) as accumulated_pair_count
    from counted

),

final as (

    select
        rule_number,
        rule_name,
        block_pair_count,
        skipped_record_count,
        new_pair_count,
        accumulated_pair_count,
        accumulated_pair_count
        <= greatest(record_count * {{ var('candidate_pairs_per_record') }}, {{ var('candidate_pairs_minimum') }}) as is_used
    from accumulated

)

select * from final
