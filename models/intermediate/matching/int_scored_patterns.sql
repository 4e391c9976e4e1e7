with compared_pairs as (

    select * from {{ ref('int_compared_pairs') }}

),

scored as (

    {{ score_patterns('compared_pairs') }}

)

select * from scored
