{#- One row per source record with its customer. -#}
{{ config(
    materialized='delta',
    key='customer_number',
    inputs=['int_source_records', 'int_clusters'],
) }}

with clusters as (

    select * from {{ ref('int_clusters') }}
    where {{ changed('int_customer_versions', 'cluster_id') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

customers as (

    select * from {{ ref('int_customer_versions') }}

),

final as (

    select
        source_records.record_id,
        source_records.record_key,
        source_records.source_system,
        source_records.updated_at,
        customers.customer_id,
        customers.customer_number,
        row_number() over (partition by customers.customer_number order by {{ text_order('source_records.record_key') }}) as record_position
    from source_records
    inner join clusters on source_records.record_id = clusters.record_id
    inner join customers on clusters.cluster_id = customers.customer_number

)

select * from final
