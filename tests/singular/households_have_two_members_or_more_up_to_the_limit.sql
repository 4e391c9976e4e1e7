-- A household is shared, and is no dormitory.
select
    household_id,
    count(*) as customer_count
from {{ ref('golden_customers') }}
where household_id is not null
group by household_id
having count(*) not between 2 and {{ var('max_household_size') }}
