{#- One row per customer, with a number that differs when its records, or what they say, differ. Where rows are many, customer_number stands for the
    customer_id: the smallest record_id of its records. -#}
with clusters as (

    select * from {{ ref('int_clusters') }}

),

source_records as (

    select
        record_id,
        row_version
    from {{ ref('int_source_records') }}

),

customer_members as (

    select
        record_id,
        customer_id
    from {{ ref('int_customer_members') }}

),

cluster_versions as (

    select
        clusters.cluster_id,
        sum({{ key_hash(['source_records.record_id', 'source_records.row_version']) }}) as row_version
    from clusters
    inner join source_records on clusters.record_id = source_records.record_id
    group by clusters.cluster_id

),

-- the records of a cluster have one customer: the one of the record that names it
final as (

    select
        cluster_versions.cluster_id as customer_number,
        customer_members.customer_id,
        {{ key_hash(['cluster_versions.row_version', 'customer_members.customer_id']) }} as row_version
    from cluster_versions
    inner join customer_members on cluster_versions.cluster_id = customer_members.record_id

)

select * from final
