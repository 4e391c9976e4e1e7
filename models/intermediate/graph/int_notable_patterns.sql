{#- One row per comparison pattern of a pair that is an edge or open to review. What it says follows from the pattern alone, so its version is always the
    same. -#}
with identity_edges as (

    select pattern from {{ ref('int_identity_edges') }}
    where pattern is not null

),

open_pairs as (

    select pattern from {{ ref('int_open_pairs') }}

),

patterns as (

    select pattern from identity_edges
    union
    select pattern from open_pairs

),

final as (

    select
        pattern,
        1 as row_version
    from patterns

)

select * from final
