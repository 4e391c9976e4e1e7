{# One round of handing out the customer_ids that several clusters claim, or that meet in one cluster: a cluster keeps an id where each is the other's best
   claim among those still open. The best claim is that of most records that bear the id now, then
   of most records, counting those that had gone and are back, then of the record known longest, then of the smallest record_id. As both sides
   order claims alike, the outcome is that of going through all claims from the best to the last. #}
{% macro keep_customer_ids(claims) -%}
{%- set best_first = 'open_record_count desc, record_count desc, first_known_at, first_record_id' -%}
with ranked as (

    select
        customer_id,
        cluster_id,
        row_number() over (partition by customer_id order by {{ best_first }}) as customer_preference,
        row_number() over (partition by cluster_id order by {{ best_first }}) as cluster_preference
    from {{ claims }}
    where not is_settled

),

chosen as (

    select
        customer_id,
        cluster_id
    from ranked
    where customer_preference = 1 and cluster_preference = 1

)

select
    claims.customer_id,
    claims.cluster_id,
    claims.record_count,
    claims.open_record_count,
    claims.first_known_at,
    claims.first_record_id,
    claims.is_kept or coalesce(given.cluster_id = claims.cluster_id, false) as is_kept,
    claims.is_settled or given.customer_id is not null or served.cluster_id is not null as is_settled
from {{ claims }} as claims
left join chosen as given on claims.customer_id = given.customer_id
left join chosen as served on claims.cluster_id = served.cluster_id
{%- endmacro %}
