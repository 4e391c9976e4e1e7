{#- One row per candidate pair, with a number that differs when one of its records differs. A view, as it is read once. -#}
{{ config(materialized='view') }}

with candidate_pairs as (

    select * from {{ ref('int_candidate_pairs') }}

),

features as (

    select
        record_id,
        row_version
    from {{ ref('int_record_features') }}

),

final as (

    select
        candidate_pairs.record_id_a,
        candidate_pairs.record_id_b,
        {{ key_hash(['a.row_version', 'b.row_version']) }} as row_version
    from candidate_pairs
    inner join features as a on candidate_pairs.record_id_a = a.record_id
    inner join features as b on candidate_pairs.record_id_b = b.record_id

)

select * from final
