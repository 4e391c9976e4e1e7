{{ config(materialized='ledger') }}

with customer_events as (

    select
        *,
        md5(
            event_type || ' ' || customer_id || ' ' || coalesce(other_customer_id, '')
            || ' ' || cast({{ epoch_microseconds('occurred_at') }} as {{ dbt.type_string() }})
        ) as event_id
    from {{ ref('int_customer_events') }}
    where occurred_at > cast('{{ told_until() }}' as timestamp)

),

identity_edges as (

    select * from {{ ref('identity_edges') }}

),

customer_members as (

    select * from {{ ref('int_customer_members') }}

),

cannot_links as (

    select * from {{ ref('int_cannot_links') }}

),

events as (

    select
        event_id,
        event_type,
        occurred_at,
        customer_id,
        other_customer_id,
        count(*) as record_count,
        '[' || {{ ordered_text_list(json_text('record_key'), ',', text_order('record_key')) }} || ']' as record_keys
    from customer_events
    group by event_id, event_type, occurred_at, customer_id, other_customer_id

),

moved_records as (

    select
        event_id,
        event_type,
        customer_id,
        other_customer_id,
        record_id,
        record_key
    from customer_events
    where other_customer_id is not null

),

moved_edges as (

    select * from identity_edges
    where
        record_key_a in (select moved_records.record_key from moved_records)
        or record_key_b in (select moved_records.record_key from moved_records)

),

edge_ends as (

    select
        *,
        record_key_a as record_key,
        record_key_b as other_key,
        customer_id_b as other_customer_id
    from moved_edges
    union all
    select
        *,
        record_key_b as record_key,
        record_key_a as other_key,
        customer_id_a as other_customer_id
    from moved_edges

),

-- the evidence between the records that moved and those they met or left; of a split into a customer that was there, also what drew them to it
evidence as (

    select
        moved_records.event_id,
        edge_ends.edge_id,
        edge_ends.edge_type,
        edge_ends.refused_reason,
        edge_ends.match_weight,
        edge_ends.evidence,
        edge_ends.other_key
    from moved_records
    inner join edge_ends
        on
            moved_records.record_key = edge_ends.record_key
            and (
                (moved_records.customer_id = edge_ends.other_customer_id and edge_ends.is_accepted = (moved_records.event_type = 'merged'))
                or (moved_records.other_customer_id = edge_ends.other_customer_id and moved_records.event_type = 'split' and edge_ends.is_accepted)
            )

),

causes as (

    select
        evidence.event_id,
        case when evidence.edge_type = 'steward' then 'decision' when evidence.refused_reason is null then 'edge' else 'guard' end as cause,
        evidence.edge_id,
        evidence.refused_reason,
        evidence.evidence,
        row_number() over (
            partition by evidence.event_id
            order by
                case when evidence.edge_type = 'steward' then 0 when evidence.refused_reason is not null then 1 else 2 end,
                evidence.match_weight desc,
                evidence.edge_id
        ) as preference
    from evidence
    left join moved_records on evidence.event_id = moved_records.event_id and evidence.other_key = moved_records.record_key
    where moved_records.record_key is null

),

cannot_link_ends as (

    select
        cannot_links.record_id_a as record_id,
        cannot_links.record_id_b as other_record_id,
        {{ decision_evidence('cannot_links') }} as evidence
    from cannot_links
    union all
    select
        cannot_links.record_id_b as record_id,
        cannot_links.record_id_a as other_record_id,
        {{ decision_evidence('cannot_links') }} as evidence
    from cannot_links

),

forbidden as (

    select
        moved_records.event_id,
        min(cannot_link_ends.evidence) as evidence
    from moved_records
    inner join cannot_link_ends on moved_records.record_id = cannot_link_ends.record_id
    inner join customer_members
        on cannot_link_ends.other_record_id = customer_members.record_id and moved_records.customer_id = customer_members.customer_id
    where moved_records.event_type = 'split'
    group by moved_records.event_id

),

final as (

    select
        cast(events.event_id as {{ dbt.type_string() }}) as event_id,
        cast(events.event_type as {{ dbt.type_string() }}) as event_type,
        cast(events.customer_id as {{ dbt.type_string() }}) as customer_id,
        cast(events.other_customer_id as {{ dbt.type_string() }}) as other_customer_id,
        cast(events.record_keys as {{ dbt.type_string() }}) as record_keys,
        cast(
            case
                when forbidden.event_id is not null then 'decision'
                when causes.event_id is not null then causes.cause
                when events.event_type in ('created', 'restored') then 'records_delivered'
                when events.event_type = 'retired' then 'records_gone'
                else 'evidence_gone'
            end as {{ dbt.type_string() }}
        ) as cause,
        cast(causes.edge_id as {{ dbt.type_string() }}) as edge_id,
        cast(causes.refused_reason as {{ dbt.type_string() }}) as refused_reason,
        cast(coalesce(forbidden.evidence, causes.evidence) as {{ dbt.type_string() }}) as evidence,
        cast(events.record_count as bigint) as record_count,
        cast(events.occurred_at as timestamp) as occurred_at
    from events
    left join causes on events.event_id = causes.event_id and causes.preference = 1
    left join forbidden on events.event_id = forbidden.event_id

)

select * from final
