-- Stable ids: every customer_id of the past is alive or in customer_redirects, and none is both. Where one counts as erased, none of its last records is there.
with known as (

    select distinct customer_id from {{ ref('customer_crosswalk_history') }}

),

living as (

    select customer_id from {{ ref('golden_customers') }}

),

redirects as (

    select
        retired_customer_id as customer_id,
        retired_at,
        status
    from {{ ref('customer_redirects') }}

)

select
    known.customer_id,
    'neither alive nor redirected, or both' as fault
from known
left join living on known.customer_id = living.customer_id
left join redirects on known.customer_id = redirects.customer_id
where (living.customer_id is null) = (redirects.customer_id is null)
union all
select
    redirects.customer_id,
    'erased, and a record of it is there' as fault
from redirects
inner join {{ ref('customer_crosswalk_history') }} as history
    on redirects.customer_id = history.customer_id and redirects.retired_at = history.valid_to
inner join {{ ref('customer_crosswalk') }} as crosswalk on history.record_key = crosswalk.record_key
where redirects.status = 'erased'
