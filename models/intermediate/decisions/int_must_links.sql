{#- One row per pair of records that stewards have decided to be one person, as the decision is applied. -#}
{{ config(materialized='view') }}

with decisions as (

    select * from {{ ref('int_decisions') }}

),

final as (

    select
        record_id_a,
        record_id_b,
        min(decided_at) as decided_at,
        min(decided_by) as decided_by,
        min(reason) as reason
    from decisions
    where status = 'applied' and decision = 'match'
    group by record_id_a, record_id_b

)

select * from final
