{# The probability that a match weight (log2 of odds) stands for. #}
{% macro match_probability(match_weight) -%}
cast(1 / (1 + power(cast(2 as double precision), -cast(greatest(least({{ match_weight }}, 60), -60) as double precision))) as numeric(18, 6))
{%- endmacro %}
