{#- One row per pair of records of one customer that an edge joins, with the strongest rule: what paths between records are made of. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_identity_edges', 'int_clusters']) }}

with identity_edges as (

    select * from {{ ref('int_identity_edges') }}

),

clusters as (

    select * from {{ ref('int_clusters') }}

),

explained_customers as (

    select * from {{ ref('int_path_versions') }}
    where {{ changed('int_path_versions', 'customer_number') }}

),

ranked as (

    select
        explained_customers.customer_number,
        identity_edges.record_id_a,
        identity_edges.record_id_b,
        identity_edges.rule_name,
        identity_edges.match_weight,
        row_number() over (
            partition by identity_edges.record_id_a, identity_edges.record_id_b
            order by identity_edges.match_weight desc, {{ text_order('identity_edges.rule_name') }}
        ) as preference
    from identity_edges
    inner join clusters on identity_edges.record_id_a = clusters.record_id
    inner join explained_customers on clusters.cluster_id = explained_customers.customer_number
    where identity_edges.is_accepted

),

final as (

    select
        customer_number,
        record_id_a,
        record_id_b,
        rule_name,
        match_weight
    from ranked
    where preference = 1

)

select * from final
