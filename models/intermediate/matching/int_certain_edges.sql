{#- One row per pair of records that are one person beyond doubt: a deterministic edge, or comparisons that weigh certain_match_weight or more. -#}
with deterministic_edges as (

    select * from {{ ref('int_deterministic_edges') }}

),

compared_pairs as (

    select * from {{ ref('int_compared_pairs') }}

),

scored_patterns as (

    select * from {{ ref('int_scored_patterns') }}

),

final as (

    select
        record_id_a,
        record_id_b
    from deterministic_edges
    union
    select
        compared_pairs.record_id_a,
        compared_pairs.record_id_b
    from compared_pairs
    inner join scored_patterns on compared_pairs.pattern = scored_patterns.pattern
    where scored_patterns.match_weight >= {{ var('certain_match_weight') }}

)

select * from final
