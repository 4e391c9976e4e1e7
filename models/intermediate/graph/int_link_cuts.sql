{#- One row per link, with its rule and the number of linked pairs across it: all that holds its two sides together. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_linked_pairs', 'int_link_sides']) }}

with linked_pairs as (

    select * from {{ ref('int_linked_pairs') }}
    where {{ changed('int_path_versions', 'customer_number') }}

),

link_sides as (

    select * from {{ ref('int_link_sides') }}

),

crossing as (

    select
        side_a.link_record_id_a,
        side_a.link_record_id_b,
        count(*) as separating_edge_count
    from linked_pairs
    inner join link_sides as side_a on linked_pairs.record_id_a = side_a.record_id
    inner join link_sides as side_b
        on
            linked_pairs.record_id_b = side_b.record_id
            and side_a.link_record_id_a = side_b.link_record_id_a
            and side_a.link_record_id_b = side_b.link_record_id_b
            and side_a.is_on_side_a <> side_b.is_on_side_a
    group by side_a.link_record_id_a, side_a.link_record_id_b

),

final as (

    select
        linked_pairs.customer_number,
        linked_pairs.record_id_a,
        linked_pairs.record_id_b,
        linked_pairs.rule_name,
        linked_pairs.match_weight,
        crossing.separating_edge_count
    from crossing
    inner join linked_pairs
        on crossing.link_record_id_a = linked_pairs.record_id_a and crossing.link_record_id_b = linked_pairs.record_id_b

)

select * from final
