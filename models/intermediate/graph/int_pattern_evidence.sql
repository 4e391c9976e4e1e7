{#- One row per comparison pattern of a pair that is an edge or reaches the review band: what each comparison found and how much it weighs, as JSON.
    A comparison's weight is log2 of how much likelier its level is between records of one person than in the likeliest other class of the whole pattern
    (household, colleague, unrelated); the prior odds make up the rest of the match weight. -#}
{{ config(materialized='delta', key='pattern') }}

with level_probabilities as (

    select * from {{ ref('level_probabilities') }}

),

patterns as (

    select pattern from {{ ref('int_notable_patterns') }}
    where {{ changed('int_notable_patterns', 'pattern') }}

),

levels as (

    {{ pattern_levels('patterns') }}

),

weighed_levels as (

    select
        levels.pattern,
        levels.position,
        levels.comparison,
        level_probabilities.description,
        {% for class in pair_classes() -%}
        {{ log2('level_probabilities.' ~ class) }} as {{ class }}_bits{% if not loop.last %},{% endif %}
        {% endfor %}
    from levels
    inner join level_probabilities on levels.comparison = level_probabilities.comparison and levels.level = level_probabilities.level

),

class_sums as (

    select
        pattern,
        {% for class in pair_classes()[1:] -%}
        sum({{ class }}_bits) as {{ class }}_bits{% if not loop.last %},{% endif %}
        {% endfor %}
    from weighed_levels
    group by pattern

),

rival_classes as (

    select
        pattern,
        case greatest({{ pair_classes()[1:] | join('_bits, ') }}_bits)
            {% for class in pair_classes()[1:] -%}
            when {{ class }}_bits then '{{ class }}'
            {% endfor %}
        end as rival_class
    from class_sums

),

final as (

    select
        weighed_levels.pattern,
        rival_classes.rival_class,
        '{' || {{ ordered_text_list(
            json_text('weighed_levels.comparison') ~ " || ':{\"level\":' || " ~ json_text('weighed_levels.description') ~ " || ',\"weight\":' || "
            ~ "cast(cast(weighed_levels.match_bits - case rival_classes.rival_class when 'household' then weighed_levels.household_bits when 'colleague' then weighed_levels.colleague_bits else weighed_levels.unrelated_bits end as numeric(18, 2)) as " ~ dbt.type_string() ~ ") || '}'",
            ',', 'weighed_levels.position') }} || '}' as evidence
    from weighed_levels
    inner join rival_classes on weighed_levels.pattern = rival_classes.pattern
    group by weighed_levels.pattern, rival_classes.rival_class

)

select * from final
