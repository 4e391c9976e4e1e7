{#- One row per comparison × level: the number of pairs in it that are no candidates, in the sample. -#}
with training_sample as (

    select * from {{ ref('int_training_sample') }}

),

patterns as (

    select
        pattern,
        count(*) as pair_count
    from training_sample
    group by pattern

),

levels as (

    {{ pattern_levels('patterns', ['pair_count']) }}

),

final as (

    select
        comparison,
        level,
        cast(sum(pair_count) as bigint) as pair_count
    from levels
    group by comparison, level

)

select * from final
