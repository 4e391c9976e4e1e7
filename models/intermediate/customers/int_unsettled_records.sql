{#- One row per source record whose customer is to be decided: of each cluster that is not, record for record, a customer as the build before has left it, and
    of each such customer that is not a cluster any more. All others keep their customer_id, and no model of ids looks at them. Few records change between
    two builds, so that all that follows is little work. -#}
{{ config(earlier=['int_customer_assignments']) }}

with clusters as (

    select * from {{ ref('int_clusters') }}

),

source_records as (

    select
        record_id,
        record_key
    from {{ ref('int_source_records') }}

),

open_assignments as (

    select
        record_id,
        record_key,
        customer_id
    from {{ earlier_assignments() }} as earlier
    where valid_to is null

),

cluster_sums as (

    select
        cluster_id,
        count(*) as record_count,
        sum({{ key_hash(['record_id']) }}) as record_sum
    from clusters
    group by cluster_id

),

customer_sums as (

    select
        customer_id,
        min(record_id) as first_record_id,
        count(*) as record_count,
        sum({{ key_hash(['record_id']) }}) as record_sum
    from open_assignments
    group by customer_id

),

-- a cluster is named by its smallest record_id
unsettled as (

    select
        cluster_sums.cluster_id,
        customer_sums.customer_id
    from cluster_sums
    full outer join customer_sums
        on
            cluster_sums.cluster_id = customer_sums.first_record_id
            and cluster_sums.record_count = customer_sums.record_count
            and cluster_sums.record_sum = customer_sums.record_sum
    where cluster_sums.cluster_id is null or customer_sums.customer_id is null

),

members as (

    select
        clusters.record_id,
        source_records.record_key,
        clusters.cluster_id
    from clusters
    inner join unsettled on clusters.cluster_id = unsettled.cluster_id
    inner join source_records on clusters.record_id = source_records.record_id

),

previous_members as (

    select open_assignments.*
    from open_assignments
    inner join unsettled on open_assignments.customer_id = unsettled.customer_id

),

final as (

    select
        coalesce(members.record_id, previous_members.record_id) as record_id,
        coalesce(members.record_key, previous_members.record_key) as record_key,
        members.cluster_id,
        previous_members.customer_id as previous_customer_id
    from members
    full outer join previous_members on members.record_id = previous_members.record_id

)

select * from final
