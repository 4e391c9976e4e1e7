{#- One row per source record whose customer_id is another than after the build before: a record that is new, that has gone (customer_id null), or that has
    changed its customer. A cluster without a claim to an id gets a new one, made of the key of its first record and of how many ids that has had, so that no
    id is ever given twice. -#}
with clusters as (

    select * from {{ ref('int_clusters') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

customer_claims as (

    select * from {{ ref('int_customer_claims') }}

),

kept_customer_ids as (

    select * from {{ ref('int_kept_customer_ids') }}

),

earlier_assignments as (

    select * from {{ earlier_assignments() }} as earlier

),

kept as (

    select
        cluster_id,
        customer_id
    from customer_claims
    where not is_contested
    union all
    select
        cluster_id,
        customer_id
    from kept_customer_ids
    where is_kept

),

founders as (

    select
        clusters.cluster_id,
        source_records.record_key,
        count(distinct earlier_assignments.customer_id) as earlier_id_count
    from clusters
    inner join source_records on clusters.record_id = source_records.record_id
    left join kept on clusters.cluster_id = kept.cluster_id
    left join earlier_assignments on clusters.record_id = earlier_assignments.record_id
    where clusters.record_id = clusters.cluster_id and kept.cluster_id is null
    group by clusters.cluster_id, source_records.record_key

),

cluster_customers as (

    select
        cluster_id,
        customer_id
    from kept
    union all
    select
        cluster_id,
        md5('customer ' || cast(earlier_id_count as text) || ' ' || record_key) as customer_id
    from founders

),

assigned as (

    select
        source_records.record_id,
        source_records.record_key,
        cluster_customers.customer_id
    from clusters
    inner join source_records on clusters.record_id = source_records.record_id
    inner join cluster_customers on clusters.cluster_id = cluster_customers.cluster_id

),

open_assignments as (

    select * from earlier_assignments
    where valid_to is null

),

final as (

    select
        coalesce(assigned.record_id, open_assignments.record_id) as record_id,
        coalesce(assigned.record_key, open_assignments.record_key) as record_key,
        open_assignments.customer_id as previous_customer_id,
        assigned.customer_id
    from assigned
    full outer join open_assignments on assigned.record_id = open_assignments.record_id
    where assigned.customer_id is distinct from open_assignments.customer_id

)

select * from final
