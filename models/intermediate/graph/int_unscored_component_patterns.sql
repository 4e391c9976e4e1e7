with unscored_component_pairs as (

    select * from {{ ref('int_unscored_component_pairs') }}

),

scored as (

    {{ score_patterns('unscored_component_pairs') }}

)

select * from scored
