{#- One row per link of a customer's maximum spanning tree: the linked pairs that join all its records by the strongest evidence. Between any two records
    the path in this tree is the one whose weakest link is as strong as possible. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_linked_pairs'], step='link_parts') }}

with linked_pairs as (

    select * from {{ ref('int_linked_pairs') }}
    where {{ changed('int_path_versions', 'customer_number') }}

),

-- to begin with, every record is a part of its own
final as (

    select
        customer_number,
        record_id_a,
        record_id_b,
        match_weight,
        record_id_a as part_id_a,
        record_id_b as part_id_b,
        false as is_link
    from linked_pairs

)

select * from final
