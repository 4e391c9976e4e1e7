{#- One row per comparison pattern of the candidate pairs. Its weight follows from the pattern alone, so its version is always the same. A view, as it is
    read once. -#}
{{ config(materialized='view') }}

with compared_pairs as (

    select * from {{ ref('int_compared_pairs') }}

),

final as (

    select distinct
        pattern,
        1 as row_version
    from compared_pairs

)

select * from final
