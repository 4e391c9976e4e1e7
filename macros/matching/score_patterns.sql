{# Match weight and probability of all patterns that occur in a relation of compared pairs: each comparison vector is scored once, however many pairs share it.

   Fellegi and Sunter (1969) with four latent classes in place of two: a pair is one of unrelated people, of one household, of colleagues, or of one person.
   Attributes are independent within a class. match_weight is log2 of the odds of "match" against the other three together, priors included. #}
{% macro score_patterns(compared_pairs) -%}
with patterns as (

    select distinct pattern from {{ compared_pairs }}

),

levels as (

    {{ pattern_levels('patterns') }}

),

level_bits as (

    select
        comparison,
        level,
        {%- for class in pair_classes() %}
        {{ log2('level_probabilities.' ~ class) }} as {{ class }}_bits{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('level_probabilities') }} as level_probabilities

),

class_rates as (

    select
        {%- for class in pair_classes()[:3] %}
        max(pairs_per_record) filter (where class = '{{ class }}') as {{ class }}_rate{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('class_rates') }}

),

-- each record is in a few pairs of its own class, whatever the number of records; as shares of all N (N - 1) / 2 pairs
class_shares as (

    select
        {%- for class in pair_classes()[:3] %}
        least(class_rates.{{ class }}_rate * 2 / (prior_record_count.record_count - 1), 0.25) as {{ class }}_share{{ ',' if not loop.last }}
        {%- endfor %}
    from class_rates
    cross join {{ ref('int_prior_record_count') }} as prior_record_count

),

class_bits as (

    select
        {%- for class in pair_classes()[:3] %}
        {{ log2(class ~ '_share') }} as {{ class }}_bits,
        {%- endfor %}
        {{ log2('1 - match_share - household_share - colleague_share') }} as unrelated_bits
    from class_shares

),

pattern_bits as (

    select
        patterns.pattern,
        {%- for class in pair_classes() %}
        max(class_bits.{{ class }}_bits) + coalesce(sum(level_bits.{{ class }}_bits), 0) as {{ class }}_bits{{ ',' if not loop.last }}
        {%- endfor %}
    from patterns
    inner join levels on patterns.pattern = levels.pattern
    cross join class_bits
    left join level_bits on levels.comparison = level_bits.comparison and levels.level = level_bits.level
    group by patterns.pattern

),

weighed as (

    select
        *,
        match_bits
        - greatest(household_bits, colleague_bits, unrelated_bits)
        - {{ log2(
            power_of_2('household_bits - greatest(household_bits, colleague_bits, unrelated_bits)')
            ~ ' + ' ~ power_of_2('colleague_bits - greatest(household_bits, colleague_bits, unrelated_bits)')
            ~ ' + ' ~ power_of_2('unrelated_bits - greatest(household_bits, colleague_bits, unrelated_bits)')
        ) }} as match_weight
    from pattern_bits

)

select
    pattern,
    cast(match_weight as numeric(18, 6)) as match_weight,
    {{ match_probability('match_weight') }} as match_probability
from weighed
{%- endmacro %}
