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

weighed_unscored_pairs as (

    select
        unscored_component_pairs.record_id_a,
        unscored_component_pairs.record_id_b,
        unscored_component_pairs.pattern,
        unscored_component_patterns.match_weight as pattern_weight
    from unscored_component_pairs
    inner join unscored_component_patterns on unscored_component_pairs.pattern = unscored_component_patterns.pattern

),

scored_component_pairs as (

    {{ weigh_sources('weighed_unscored_pairs') }}

),

all_pairs as (

    select * from scored_pairs
    union all
    select * from scored_component_pairs

),

united as (

    select
        one.component_id,
        all_pairs.record_id_a,
        all_pairs.record_id_b,
        all_pairs.pattern,
        all_pairs.shared_sources,
        all_pairs.source_weight,
        all_pairs.match_weight,
        all_pairs.match_probability
    from all_pairs
    inner join components as one on all_pairs.record_id_a = one.record_id
    inner join components as other on all_pairs.record_id_b = other.record_id and one.component_id = other.component_id

),

-- a pair that blocking missed counts as an edge all the same, once its component has brought it to light
final as (

    select
        united.component_id,
        united.record_id_a,
        united.record_id_b,
        united.pattern,
        united.shared_sources,
        united.source_weight,
        united.match_weight as scored_weight,
        united.match_probability,
        cast(greatest(united.match_weight, coalesce(match_edges.match_weight, united.match_weight)) as numeric(18, 6)) as match_weight,
        match_edges.record_id_a is not null or united.match_probability >= {{ var('merge_threshold') }} as is_edge,
        {{ pair_conflict('united') }} as conflict
    from united
    left join match_edges on united.record_id_a = match_edges.record_id_a and united.record_id_b = match_edges.record_id_b

)

select * from final
