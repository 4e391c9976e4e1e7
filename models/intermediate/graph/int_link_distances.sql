{#- One row per ordered pair of records of one customer, a record and itself included: the number of links on the path between them in the tree. All pairs
    up to a distance are known, and those of up to twice as much are found by going on from the farthest, until max_explained_records are spanned. A way that
    turns back on itself is longer than the path, which is found as well: the shortest counts. -#}
{%- set rounds = namespace(count=0) -%}
{%- for round in range(64) if 2 ** rounds.count < var('max_explained_records') - 1 %}{% set rounds.count = rounds.count + 1 %}{% endfor -%}
{{ config(materialized='delta', key='customer_number', inputs=['int_strongest_links']) }}

with strongest_links as (

    select * from {{ ref('int_strongest_links') }}
    where {{ changed('int_path_versions', 'customer_number') }}

),

ends as (

    select
        customer_number,
        record_id_a,
        record_id_b
    from strongest_links
    union all
    select
        customer_number,
        record_id_b as record_id_a,
        record_id_a as record_id_b
    from strongest_links

),

known_0 as (

    select distinct
        customer_number,
        record_id_a,
        record_id_a as record_id_b,
        0 as distance
    from ends
    union all
    select
        customer_number,
        record_id_a,
        record_id_b,
        1 as distance
    from ends

),

{% for round in range(rounds.count) -%}
longer_{{ round }} as (

    select
        farthest.customer_number,
        farthest.record_id_a,
        onward.record_id_b,
        min(farthest.distance + onward.distance) as distance
    from known_{{ round }} as farthest
    inner join known_{{ round }} as onward on farthest.record_id_b = onward.record_id_a
    left join known_{{ round }} as known on farthest.record_id_a = known.record_id_a and onward.record_id_b = known.record_id_b
    where farthest.distance = {{ 2 ** round }} and known.record_id_a is null
    group by farthest.customer_number, farthest.record_id_a, onward.record_id_b

),

known_{{ round + 1 }} as (

    select * from known_{{ round }}
    union all
    select * from longer_{{ round }}

),

{% endfor -%}
final as (

    select
        customer_number,
        record_id_a,
        record_id_b,
        distance
    from known_{{ rounds.count }}

)

select * from final
