{#- One row per scored pair within a component: the evidence for and against keeping its records together. -#}
with components as (

    select * from {{ ref('int_components') }}

),

scored_pairs as (

    select * from {{ ref('int_scored_pairs') }}

),

unscored_component_pairs as (

    select * from {{ ref('int_unscored_component_pairs') }}

),

unscored_component_patterns as (

    select * from {{ ref('int_unscored_component_patterns') }}

),

match_edges as (

    select * from {{ ref('int_match_edges') }}

),

united as (

    select
        one.component_id,
        scored_pairs.record_id_a,
        scored_pairs.record_id_b,
        scored_pairs.pattern,
        scored_pairs.match_weight,
        scored_pairs.match_probability
    from scored_pairs
    inner join components as one on scored_pairs.record_id_a = one.record_id
    inner join components as other on scored_pairs.record_id_b = other.record_id and one.component_id = other.component_id
    union all
    select
        one.component_id,
        unscored_component_pairs.record_id_a,
        unscored_component_pairs.record_id_b,
        unscored_component_pairs.pattern,
        unscored_component_patterns.match_weight,
        unscored_component_patterns.match_probability
    from unscored_component_pairs
    inner join unscored_component_patterns on unscored_component_pairs.pattern = unscored_component_patterns.pattern
    inner join components as one on unscored_component_pairs.record_id_a = one.record_id

),

-- a pair that blocking missed counts as an edge all the same, once its component has brought it to light
final as (

    select
        united.component_id,
        united.record_id_a,
        united.record_id_b,
        united.pattern,
        united.match_weight as scored_weight,
        united.match_probability,
        cast(greatest(united.match_weight, coalesce(match_edges.match_weight, united.match_weight)) as numeric(18, 6)) as match_weight,
        match_edges.record_id_a is not null or united.match_probability >= {{ var('merge_threshold') }} as is_edge
    from united
    left join match_edges on united.record_id_a = match_edges.record_id_a and united.record_id_b = match_edges.record_id_b

)

select * from final
