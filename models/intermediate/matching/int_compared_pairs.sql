{{ config(
    materialized='delta',
    key='record_id',
    unit_columns=['record_id_a', 'record_id_b'],
    inputs=['int_candidate_pairs', 'int_record_features'],
) }}

with candidate_pairs as (

    select
        record_id_a,
        record_id_b
    from {{ ref('int_candidate_pairs') }}
    where {{ changed('int_block_versions', 'record_id_a') }} or {{ changed('int_block_versions', 'record_id_b') }}

),

compared as (

    {{ compare_pairs('candidate_pairs') }}

)

select * from compared
