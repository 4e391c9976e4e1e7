{#- One row per decision of a steward, with what becomes of it. Where decisions contradict each other, because two records that a chain of matches puts
    together are said to be different people, no match of that group is applied: which of them is wrong is for the stewards to say. -#}
with delivered_decisions as (

    select * from {{ ref('int_delivered_decisions') }}

),

decision_roots as (

    select * from {{ ref('int_decision_roots') }}

),

grouped as (

    select
        delivered_decisions.*,
        coalesce(root_a.root, delivered_decisions.record_id_a) as group_id_a,
        coalesce(root_b.root, delivered_decisions.record_id_b) as group_id_b
    from delivered_decisions
    left join decision_roots as root_a on delivered_decisions.record_id_a = root_a.node
    left join decision_roots as root_b on delivered_decisions.record_id_b = root_b.node

),

contradictions as (

    select distinct group_id_a as group_id
    from grouped
    where problem is null and decision = 'no_match' and group_id_a = group_id_b

),

final as (

    select
        grouped.record_key_a,
        grouped.record_key_b,
        grouped.record_id_a,
        grouped.record_id_b,
        grouped.decision,
        grouped.decided_by,
        grouped.decided_at,
        grouped.reason,
        case
            when grouped.problem is not null then grouped.problem
            when grouped.decision = 'match' and contradictions.group_id is not null then 'contradicted'
            else 'applied'
        end as status
    from grouped
    left join contradictions on grouped.group_id_a = contradictions.group_id

)

select * from final
