{#- One row per contested value, ranked by its attribute's strategies: the first that tells two values apart decides, and where none does, the record whose
    key comes first in byte order. -#}
{%- set steps = range(1, survivorship_strategies() | length + 1) -%}
{{ config(
    materialized='delta',
    key='customer_number',
    inputs=['int_source_records', 'int_customer_records', 'int_attribute_agreement', 'int_contested_values'],
) }}

with contested_values as (

    select * from {{ ref('int_contested_values') }}
    where {{ changed('int_customer_versions', 'customer_number') }}

),

survivorship_rules as (

    select * from {{ ref('int_survivorship_rules') }}

),

source_priorities as (

    select * from {{ ref('int_source_priorities') }}

),

-- a value is seen as often, and as late, as all records that give it, however they write it
measured as (

    select
        contested_values.customer_number,
        contested_values.attribute,
        contested_values.record_id,
        contested_values.record_position,
        contested_values.value,
        contested_values.completeness,
        length(contested_values.value) as value_length,
        -source_priorities.priority as source_rank,
        count(*) over same_values as frequency,
        {{ epoch_microseconds('max(contested_values.updated_at) over same_values') }} as last_seen
    from contested_values
    left join source_priorities
        on contested_values.attribute = source_priorities.attribute and contested_values.source_system = source_priorities.source_system
    window same_values as (partition by contested_values.customer_number, contested_values.attribute, contested_values.value_key)

),

scored as (

    select
        measured.customer_number,
        measured.attribute,
        measured.record_id,
        measured.record_position,
        measured.value,
        {% for step in steps -%}
        survivorship_rules.strategy_{{ step }},
        case survivorship_rules.strategy_{{ step }}
            {% for strategy in survivorship_strategies() -%}
            when '{{ strategy.name }}' then measured.{{ strategy.score }}
            {% endfor %}
        end as score_{{ step }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from measured
    left join survivorship_rules on measured.attribute = survivorship_rules.attribute

),

ranked as (

    select
        *,
        row_number() over (
            partition by customer_number, attribute
            order by
                {% for step in steps -%}
                score_{{ step }} desc nulls last,
                {% endfor %}
                record_position
        ) as preference
    from scored

),

final as (

    select
        ranked.customer_number,
        ranked.attribute,
        ranked.record_id,
        ranked.record_position,
        ranked.value,
        ranked.preference,
        case
            when ranked.value = winners.value then null
            {% for step in steps -%}
            when (ranked.score_{{ step }} is distinct from winners.score_{{ step }}) then ranked.strategy_{{ step }}
            {% endfor %}
            else 'first_record_key'
        end as lost_by
    from ranked
    inner join ranked as winners
        on ranked.customer_number = winners.customer_number and ranked.attribute = winners.attribute and winners.preference = 1

)

select * from final
