-- Explainable: from the first record of a customer every other one is reached over accepted edges.
{{ config(enabled=has_recursive_union()) }}

with recursive accepted_edges as (

    select
        record_key_a as record_key,
        record_key_b as neighbour_key
    from {{ ref('identity_edges') }}
    where is_accepted
    union
    select
        record_key_b as record_key,
        record_key_a as neighbour_key
    from {{ ref('identity_edges') }}
    where is_accepted

),

reached as (

    select min({{ text_order('record_key') }}) as record_key
    from {{ ref('customer_crosswalk') }}
    group by customer_id
    union
    select accepted_edges.neighbour_key as record_key
    from reached
    inner join accepted_edges on reached.record_key = accepted_edges.record_key

)

select
    customer_crosswalk.customer_id,
    customer_crosswalk.record_key
from {{ ref('customer_crosswalk') }} as customer_crosswalk
left join reached on customer_crosswalk.record_key = reached.record_key
where reached.record_key is null
