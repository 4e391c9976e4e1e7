-- Stewards outrank every rule: records they have put together are of one customer, records they keep apart of two.
select
    decisions.record_key_a,
    decisions.record_key_b,
    decisions.decision
from {{ ref('steward_decisions') }} as decisions
inner join {{ ref('customer_crosswalk') }} as crosswalk_a on decisions.record_key_a = crosswalk_a.record_key
inner join {{ ref('customer_crosswalk') }} as crosswalk_b on decisions.record_key_b = crosswalk_b.record_key
where decisions.status = 'applied' and (crosswalk_a.customer_id = crosswalk_b.customer_id) <> (decisions.decision = 'match')
