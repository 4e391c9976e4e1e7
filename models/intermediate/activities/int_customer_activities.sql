{#- One row per activity (order, ticket), counted once however often it is delivered, with the customer of its source record. -#}
with customer_records as (

    select * from {{ ref('int_customer_records') }}

),

delivered_activities as (

    {% for model in var('activity_sources') -%}
    select
        source_system,
        source_record_id,
        activity_type,
        activity_id,
        status,
        amount,
        occurred_at
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% else -%}
    select
        cast(null as text) as source_system,
        cast(null as text) as source_record_id,
        cast(null as text) as activity_type,
        cast(null as text) as activity_id,
        cast(null as text) as status,
        cast(null as numeric(18, 6)) as amount,
        cast(null as timestamp) as occurred_at
    where false
    {% endfor %}
),

ranked as (

    select
        *,
        source_system || ':' || source_record_id as record_key,
        row_number() over (
            partition by source_system, activity_type, activity_id
            order by
                occurred_at desc nulls last,
                {{ text_order('source_record_id') }} nulls last,
                {{ text_order('status') }} nulls last,
                amount nulls last
        ) as version
    from delivered_activities

),

final as (

    select
        ranked.source_system,
        ranked.source_record_id,
        ranked.activity_type,
        ranked.activity_id,
        ranked.status,
        ranked.amount,
        ranked.occurred_at,
        customer_records.customer_id,
        customer_records.customer_number
    from ranked
    left join customer_records on ranked.record_key = customer_records.record_key
    where ranked.version = 1

)

select * from final
