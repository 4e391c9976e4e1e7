{#- One row per source record: the customer it belongs to. A customer_id is derived from the key of the record that founds the cluster. -#}
with clusters as (

    select * from {{ ref('int_clusters') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

final as (

    select
        source_records.record_id,
        source_records.record_key,
        md5('customer ' || founders.record_key) as customer_id
    from clusters
    inner join source_records on clusters.record_id = source_records.record_id
    inner join source_records as founders on clusters.cluster_id = founders.record_id

)

select * from final
