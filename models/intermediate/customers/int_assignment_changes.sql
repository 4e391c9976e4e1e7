{#- One row per source record whose customer_id is another than after the build before: a record that is new, that has gone (customer_id null), or that has
    changed its customer. A cluster without a claim to an id gets a new one, made of the key of its first record and of how many ids that has had, so that no
    id is ever given twice. -#}
{{ config(earlier=['int_customer_assignments']) }}

with unsettled_records as (

    select * from {{ ref('int_unsettled_records') }}

),

customer_claims as (

    select * from {{ ref('int_customer_claims') }}

),

kept_customer_ids as (

    select * from {{ ref('int_kept_customer_ids') }}

),

earlier_assignments as (

    select
        record_id,
        customer_id
    from {{ earlier_assignments() }} as earlier

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
        unsettled_records.cluster_id,
        unsettled_records.record_key,
        count(distinct earlier_assignments.customer_id) as earlier_id_count
    from unsettled_records
    left join kept on unsettled_records.cluster_id = kept.cluster_id
    left join earlier_assignments on unsettled_records.record_id = earlier_assignments.record_id
    where unsettled_records.record_id = unsettled_records.cluster_id and kept.cluster_id is null
    group by unsettled_records.cluster_id, unsettled_records.record_key

),

cluster_customers as (

    select
        cluster_id,
        customer_id
    from kept
    union all
    select
        cluster_id,
        md5('customer ' || cast(earlier_id_count as {{ dbt.type_string() }}) || ' ' || record_key) as customer_id
    from founders

),

final as (

    select
        unsettled_records.record_id,
        unsettled_records.record_key,
        unsettled_records.previous_customer_id,
        cluster_customers.customer_id
    from unsettled_records
    left join cluster_customers on unsettled_records.cluster_id = cluster_customers.cluster_id
    where cluster_customers.customer_id is distinct from unsettled_records.previous_customer_id

)

select * from final
