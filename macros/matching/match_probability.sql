{# The probability that a match weight (log2 of odds) stands for. #}
{% macro match_probability(match_weight) -%}
cast(1 / (1 + {{ power_of_2('-greatest(least(' ~ match_weight ~ ', 60), -60)') }}) as numeric(18, 6))
{%- endmacro %}
