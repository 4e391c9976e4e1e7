{{ config(
    materialized='delta',
    key='record_id',
    unit_columns=['record_id_a', 'record_id_b'],
    inputs=['int_compared_pairs', 'int_scored_patterns', 'int_fragments', 'int_fragment_sources'],
) }}

with compared_pairs as (

    select * from {{ ref('int_compared_pairs') }}
    where {{ changed('int_fragment_versions', 'record_id_a') }} or {{ changed('int_fragment_versions', 'record_id_b') }}

),

scored_patterns as (

    select * from {{ ref('int_scored_patterns') }}

),

weighed_pairs as (

    select
        compared_pairs.record_id_a,
        compared_pairs.record_id_b,
        compared_pairs.pattern,
        scored_patterns.match_weight as pattern_weight
    from compared_pairs
    inner join scored_patterns on compared_pairs.pattern = scored_patterns.pattern

),

final as (

    {{ weigh_sources('weighed_pairs') }}

)

select * from final
