{#- One row per customer that shares a household with another: its household. A household elsewhere than the golden address is history. Of the others the
    one that most of the customer's records belong to counts, then the one seen last, then the smallest id. -#}
with household_members as (

    select * from {{ ref('int_household_members') }}

),

customer_records as (

    select
        record_id,
        record_position,
        customer_number,
        updated_at
    from {{ ref('int_customer_records') }}

),

golden_records as (

    select
        customer_number,
        address_position
    from {{ ref('int_golden_records') }}

),

-- most households are one customer's, and nothing more needs to be known of them
shared_households as (

    select household_members.household_number
    from household_members
    inner join customer_records on household_members.record_id = customer_records.record_id
    group by household_members.household_number
    having min(customer_records.customer_number) < max(customer_records.customer_number)

),

customer_households as (

    select
        customer_records.customer_number,
        household_members.household_number,
        household_members.household_key,
        household_members.building_key,
        count(*) as record_count,
        max(customer_records.updated_at) as last_updated_at
    from household_members
    inner join shared_households on household_members.household_number = shared_households.household_number
    inner join customer_records on household_members.record_id = customer_records.record_id
    group by
        customer_records.customer_number, household_members.household_number, household_members.household_key, household_members.building_key

),

sharing_customers as (

    select distinct customer_number from customer_households

),

golden_addresses as (

    select
        golden_records.customer_number,
        customer_records.record_id
    from golden_records
    inner join sharing_customers on golden_records.customer_number = sharing_customers.customer_number
    inner join customer_records
        on golden_records.customer_number = customer_records.customer_number and golden_records.address_position = customer_records.record_position

),

golden_buildings as (

    select
        golden_addresses.customer_number,
        household_members.building_key
    from golden_addresses
    inner join household_members on golden_addresses.record_id = household_members.record_id

),

current_households as (

    select
        customer_households.customer_number,
        customer_households.household_number,
        md5('household ' || customer_households.household_key) as household_id,
        customer_households.record_count,
        customer_households.last_updated_at,
        count(*) over (partition by customer_households.household_number) as customer_count
    from customer_households
    left join golden_buildings on customer_households.customer_number = golden_buildings.customer_number
    where
        customer_households.building_key is null
        or golden_buildings.building_key is null
        or customer_households.building_key = golden_buildings.building_key

),

ranked as (

    select
        customer_number,
        household_number,
        household_id,
        row_number() over (
            partition by customer_number
            order by record_count desc, last_updated_at desc nulls last, {{ text_order('household_id') }}
        ) as preference
    from current_households
    where customer_count between 2 and {{ var('max_household_size') }}

),

chosen as (

    select
        customer_number,
        household_id,
        count(*) over (partition by household_number) as customer_count
    from ranked
    where preference = 1

),

final as (

    select
        customer_number,
        household_id
    from chosen
    where customer_count > 1

)

select * from final
