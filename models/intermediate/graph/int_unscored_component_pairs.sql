{#- One row per pair of records of one component that blocking had not brought together, with its pattern: what speaks against a merge is evidence too.
    In a component above the size limit only edges and candidate pairs count, so that the work stays in proportion. -#}
with components as (

    select * from {{ ref('int_components') }}

),

match_edges as (

    select * from {{ ref('int_match_edges') }}

),

scored_pairs as (

    select * from {{ ref('int_scored_pairs') }}

),

component_pairs as (

    select
        one.record_id as record_id_a,
        other.record_id as record_id_b
    from components as one
    inner join components as other on one.component_id = other.component_id and one.record_id < other.record_id
    where one.component_size <= {{ var('max_component_size') }}
    union
    select
        record_id_a,
        record_id_b
    from match_edges

),

unscored as (

    select component_pairs.*
    from component_pairs
    left join scored_pairs
        on component_pairs.record_id_a = scored_pairs.record_id_a and component_pairs.record_id_b = scored_pairs.record_id_b
    where scored_pairs.record_id_a is null

),

compared as (

    {{ compare_pairs('unscored') }}

)

select * from compared
