{#- One row per link and record of its customer: on which side of the link the record is, if the link is taken out of the tree. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_strongest_links', 'int_link_distances']) }}

with strongest_links as (

    select * from {{ ref('int_strongest_links') }}
    where {{ changed('int_path_versions', 'customer_number') }}

),

link_distances as (

    select * from {{ ref('int_link_distances') }}

),

-- in a tree a record is always nearer to one end of a link than to the other
final as (

    select
        strongest_links.customer_number,
        strongest_links.record_id_a as link_record_id_a,
        strongest_links.record_id_b as link_record_id_b,
        from_a.record_id_b as record_id,
        from_a.distance < from_b.distance as is_on_side_a
    from strongest_links
    inner join link_distances as from_a on strongest_links.record_id_a = from_a.record_id_a
    inner join link_distances as from_b on strongest_links.record_id_b = from_b.record_id_a and from_a.record_id_b = from_b.record_id_b

)

select * from final
