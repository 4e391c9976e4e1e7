-- Explainable: the links of a path are a chain from one record to the other, of accepted edges, numbered from the weakest on. In a chain its two ends stand in
-- one link and all others in two. That there is no ring beside it follows from the links of a customer, of which there is one less than records.
with paths as (

    select * from {{ ref('identity_paths') }}

),

ends as (

    select
        record_key_a,
        record_key_b,
        link_record_key_a as link_record_key
    from paths
    union all
    select
        record_key_a,
        record_key_b,
        link_record_key_b as link_record_key
    from paths

),

visits as (

    select
        record_key_a,
        record_key_b,
        link_record_key,
        case when link_record_key in (record_key_a, record_key_b) then 1 else 2 end as expected_count,
        count(*) as link_count
    from ends
    group by record_key_a, record_key_b, link_record_key

),

broken_chains as (

    select
        record_key_a,
        record_key_b
    from visits
    group by record_key_a, record_key_b
    having
        min(case when link_count = expected_count then 1 else 0 end) = 0
        or sum(case when expected_count = 1 then 1 else 0 end) <> 2

),

wrong_numbers as (

    select
        record_key_a,
        record_key_b
    from paths
    group by record_key_a, record_key_b
    having
        min(link_number) <> 1
        or max(link_number) <> count(*)
        or min(match_weight) <> min(case when link_number = 1 then match_weight end)

),

wrong_links as (

    select
        paths.record_key_a,
        paths.record_key_b
    from paths
    left join {{ ref('identity_edges') }} as identity_edges on paths.edge_id = identity_edges.edge_id
    where
        identity_edges.edge_id is null
        or not identity_edges.is_accepted
        or identity_edges.customer_id_a <> paths.customer_id
        or paths.separating_edge_count < 1

),

customers as (

    select
        customer_id,
        count(*) as record_count
    from {{ ref('customer_crosswalk') }}
    group by customer_id
    having count(*) between 2 and {{ var('max_explained_records') }}

),

path_counts as (

    select
        customer_id,
        count(case when link_number = 1 then 1 end) as pair_count,
        count(distinct edge_id) as link_count
    from paths
    group by customer_id

)

select
    'no chain' as fault,
    record_key_a,
    record_key_b
from broken_chains
union all
select
    'not numbered from the weakest on' as fault,
    record_key_a,
    record_key_b
from wrong_numbers
union all
select
    'no accepted edge' as fault,
    record_key_a,
    record_key_b
from wrong_links
union all
select
    'not all pairs of customer ' || customers.customer_id as fault,
    null as record_key_a,
    null as record_key_b
from customers
left join path_counts on customers.customer_id = path_counts.customer_id
where
    path_counts.customer_id is null
    or path_counts.pair_count * 2 <> customers.record_count * (customers.record_count - 1)
    or path_counts.link_count <> customers.record_count - 1
