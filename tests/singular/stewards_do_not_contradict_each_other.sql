-- Decisions that contradict each other are set aside until one of them is withdrawn: a warning, since the build goes on without them.
{{ config(severity='warn') }}
select
    record_key_a,
    record_key_b,
    decided_by
from {{ ref('steward_decisions') }}
where status = 'contradicted'
