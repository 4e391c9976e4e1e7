{#- One row per pair of a random sample of the pairs that are no candidates, with its pattern. Partners are drawn by a hash of the record, so that the same
    records give the same sample on every engine. -#}
{%- set sample_size, most_draws = 1000000, 1000 -%}
with features as (

    select * from {{ ref('int_record_features') }}

),

compared_pairs as (

    select * from {{ ref('int_compared_pairs') }}

),

numbered as (

    select
        record_id,
        row_number() over (order by record_id) - 1 as position,
        count(*) over () as record_count
    from features

),

draws as (

    select cast(draw as bigint) as draw from {{ number_series(most_draws) }} as series (draw)

),

drawn as (

    select
        numbered.record_id,
        {{ record_hash("concat_ws(' ', numbered.record_id, draws.draw)") }} % numbered.record_count as partner_position
    from numbered
    inner join draws on draws.draw * numbered.record_count < {{ sample_size }} + numbered.record_count

),

pairs as (

    select distinct
        least(drawn.record_id, partners.record_id) as record_id_a,
        greatest(drawn.record_id, partners.record_id) as record_id_b
    from drawn
    inner join numbered as partners on drawn.partner_position = partners.position
    where drawn.record_id <> partners.record_id

),

sample as (

    select pairs.*
    from pairs
    left join compared_pairs on pairs.record_id_a = compared_pairs.record_id_a and pairs.record_id_b = compared_pairs.record_id_b
    where compared_pairs.record_id_a is null

),

compared as (

    {{ compare_pairs('sample') }}

)

select * from compared
