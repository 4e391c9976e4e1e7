{#- One row per attribute: its strategies in the order in which they decide, whatever the numbers of their positions in the seed. -#}
{%- set steps = survivorship_strategies() | length -%}
with survivorship_rules as (

    select * from {{ ref('survivorship_rules') }}

),

numbered as (

    select
        attribute,
        strategy,
        row_number() over (partition by attribute order by position, {{ text_order('strategy') }}) as step
    from survivorship_rules

),

final as (

    select
        attribute,
        {% for step in range(1, steps + 1) -%}
        max(case when step = {{ step }} then strategy end) as strategy_{{ step }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from numbered
    group by attribute

)

select * from final
