{#- One row per customer that can be explained by paths, with a number that differs when one of its accepted edges does. Customers of more than
    max_explained_records are left out, since the pairs of records grow with the square of their number. -#}
with identity_edges as (

    select * from {{ ref('int_identity_edges') }}

),

clusters as (

    select * from {{ ref('int_clusters') }}

),

customer_members as (

    select * from {{ ref('int_customer_members') }}

),

explained_clusters as (

    select cluster_id
    from clusters
    group by cluster_id
    having count(*) between 2 and {{ var('max_explained_records') }}

),

edge_sums as (

    select
        clusters.cluster_id,
        sum(identity_edges.row_version) as edge_sum
    from identity_edges
    inner join clusters on identity_edges.record_id_a = clusters.record_id
    inner join explained_clusters on clusters.cluster_id = explained_clusters.cluster_id
    where identity_edges.is_accepted
    group by clusters.cluster_id

),

-- a cluster bears the record_id of one of its records
final as (

    select
        edge_sums.cluster_id as customer_number,
        customer_members.customer_id,
        {{ key_hash(['edge_sums.edge_sum', 'customer_members.customer_id']) }} as row_version
    from edge_sums
    inner join customer_members on edge_sums.cluster_id = customer_members.record_id

)

select * from final
