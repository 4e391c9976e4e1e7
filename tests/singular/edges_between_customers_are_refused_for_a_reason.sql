-- Closure: evidence that would join two customers either joins them or was refused by a guard that is named.
select
    edge_id,
    customer_id_a,
    customer_id_b,
    is_accepted,
    refused_reason
from {{ ref('identity_edges') }}
where
    (customer_id_a = customer_id_b and (not is_accepted or refused_reason is not null))
    or (customer_id_a <> customer_id_b and (is_accepted or refused_reason is null))
