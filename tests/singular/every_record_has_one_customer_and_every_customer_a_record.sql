-- Partition: each source record stands in the crosswalk once, and the customers of the crosswalk are those of the golden records.
with source_records as (

    select record_key from {{ ref('int_source_records') }}

),

customer_crosswalk as (

    select
        record_key,
        customer_id
    from {{ ref('customer_crosswalk') }}

),

golden_customers as (

    select
        customer_id,
        record_count
    from {{ ref('golden_customers') }}

),

crosswalk_records as (

    select
        record_key,
        count(*) as row_count,
        count(customer_id) as customer_count
    from customer_crosswalk
    group by record_key

),

crosswalk_customers as (

    select
        customer_id,
        count(*) as record_count
    from customer_crosswalk
    group by customer_id

)

select
    'record without exactly one customer' as fault,
    coalesce(source_records.record_key, crosswalk_records.record_key) as record_key_or_customer_id
from source_records
full join crosswalk_records on source_records.record_key = crosswalk_records.record_key
where
    source_records.record_key is null
    or crosswalk_records.row_count is distinct from 1
    or crosswalk_records.customer_count is distinct from 1
union all
select
    'customer without its golden record, or with another number of records' as fault,
    coalesce(crosswalk_customers.customer_id, golden_customers.customer_id) as record_key_or_customer_id
from crosswalk_customers
full join golden_customers on crosswalk_customers.customer_id = golden_customers.customer_id
where golden_customers.record_count is distinct from crosswalk_customers.record_count
