{#- One row per customer: of each attribute the position of the record that gives its value, the rule that chose it, and how many records have a value. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_attribute_agreement', 'int_ranked_values']) }}

with attribute_agreement as (

    select * from {{ ref('int_attribute_agreement') }}
    where {{ changed('int_customer_versions', 'customer_number') }}

),

ranked_values as (

    select * from {{ ref('int_ranked_values') }}
    where {{ changed('int_customer_versions', 'customer_number') }}

),

-- what decided is what the best of the losing values lost by
runners_up as (

    select
        customer_number,
        attribute,
        min(preference) as preference
    from ranked_values
    where lost_by is not null
    group by customer_number, attribute

),

decisions as (

    select
        winners.customer_number,
        winners.attribute,
        winners.record_position,
        losers.lost_by as rule
    from runners_up
    inner join ranked_values as winners
        on runners_up.customer_number = winners.customer_number and runners_up.attribute = winners.attribute and winners.preference = 1
    inner join ranked_values as losers
        on
            runners_up.customer_number = losers.customer_number
            and runners_up.attribute = losers.attribute
            and runners_up.preference = losers.preference

),

customer_decisions as (

    select
        customer_number,
        {% for attribute in golden_attributes() -%}
        max(case when attribute = '{{ attribute.name }}' then record_position end) as {{ attribute.name }}_position,
        max(case when attribute = '{{ attribute.name }}' then rule end) as {{ attribute.name }}_rule{% if not loop.last %},{% endif %}
        {% endfor %}
    from decisions
    group by customer_number

),

final as (

    select
        attribute_agreement.customer_number,
        {% for attribute in golden_attributes() -%}
        coalesce(customer_decisions.{{ attribute.name }}_position, attribute_agreement.{{ attribute.name }}_position) as {{ attribute.name }}_position,
        coalesce(customer_decisions.{{ attribute.name }}_rule, 'only_value') as {{ attribute.name }}_rule,
        attribute_agreement.{{ attribute.name }}_count{% if not loop.last %},{% endif %}
        {% endfor %}
    from attribute_agreement
    left join customer_decisions on attribute_agreement.customer_number = customer_decisions.customer_number

)

select * from final
