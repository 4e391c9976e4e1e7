-- Cannot-link: what a guard forbids stands in no customer, unless a steward has put it together.
with decided_customers as (

    select distinct customer_members.customer_id
    from {{ ref('int_must_links') }} as must_links
    inner join {{ ref('int_customer_members') }} as customer_members on must_links.record_id_a = customer_members.record_id

),

members as (

    select
        customer_members.customer_id,
        source_records.source_system,
        source_records.email_key,
        source_records.birth_date
    from {{ ref('int_customer_members') }} as customer_members
    inner join {{ ref('int_source_records') }} as source_records on customer_members.record_id = source_records.record_id
    left join decided_customers on customer_members.customer_id = decided_customers.customer_id
    where decided_customers.customer_id is null

),

confirmed_birth_dates as (

    select
        customer_id,
        birth_date
    from members
    where birth_date is not null
    group by customer_id, birth_date
    having count(*) >= {{ var('birth_date_confirmations') }}

)

select
    customer_id,
    'max_records_per_customer' as guard
from members
group by customer_id
having count(*) > {{ var('max_records_per_customer') }}
union all
select
    customer_id,
    'max_emails_per_customer' as guard
from members
group by customer_id
having count(distinct email_key) > {{ var('max_emails_per_customer') }}
union all
select distinct
    one.customer_id,
    'generation_years' as guard
from confirmed_birth_dates as one
inner join confirmed_birth_dates as other on one.customer_id = other.customer_id
where
    {{ days_between('one.birth_date', 'other.birth_date') }} >= {{ var('generation_years') }} * 365
    and extract(month from one.birth_date) * 100 + extract(day from one.birth_date) not in (
        101, extract(month from other.birth_date) * 100 + extract(day from other.birth_date)
    )
    and extract(month from other.birth_date) * 100 + extract(day from other.birth_date) <> 101
{%- if var('duplicate_free_sources') %}
union all
select
    customer_id,
    'duplicate_free_sources' as guard
from members
where source_system in ({{ text_literals(var('duplicate_free_sources')) }})
group by customer_id, source_system
having count(*) > 1
{%- endif %}
