with candidate_pairs as (

    select * from {{ ref('int_candidate_pairs') }}

),

compared as (

    {{ compare_pairs('candidate_pairs') }}

)

select * from compared
