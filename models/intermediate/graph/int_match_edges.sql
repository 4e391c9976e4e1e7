{#- One row per pair that evidence would merge: deterministic edges, and scored pairs at or above the threshold. The stronger weight counts. -#}
with deterministic_edges as (

    select * from {{ ref('int_deterministic_edges') }}

),

scored_pairs as (

    select * from {{ ref('int_scored_pairs') }}

),

united as (

    select
        record_id_a,
        record_id_b,
        match_weight
    from deterministic_edges
    union all
    select
        record_id_a,
        record_id_b,
        match_weight
    from scored_pairs
    where match_probability >= {{ var('merge_threshold') }}

),

final as (

    select
        record_id_a,
        record_id_b,
        max(match_weight) as match_weight
    from united
    group by record_id_a, record_id_b

)

select * from final
