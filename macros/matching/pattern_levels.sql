{# The patterns of a relation taken apart: one row per pattern × comparison with the comparison's position, its level and the given other columns. #}
{% macro pattern_levels(patterns, columns=[]) -%}
    {% for digit in comparison_digits() -%}
    select
        pattern,
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        {{ loop.index }} as position,
        '{{ digit.name }}' as comparison,
        {{ pattern_level('pattern', digit.name) }} as level
    from {{ patterns }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}
