{# One round of resolving redirects (customer_id, current_customer_id) to their end: each takes the target of its target. Ids end one after the other, so there
   is no circle; the number of rounds grows with the logarithm of the longest chain. #}
{% macro follow_redirects(redirects) -%}
select
    redirects.customer_id,
    redirects.ended_at,
    case when later.customer_id is null then redirects.current_customer_id else later.current_customer_id end as current_customer_id
from {{ redirects }} as redirects
left join {{ redirects }} as later on redirects.current_customer_id = later.customer_id
{%- endmacro %}
