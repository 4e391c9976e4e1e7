{# The level of one comparison in a pattern. #}
{% macro pattern_level(pattern, comparison) %}
    {%- for digit in comparison_digits() if digit.name == comparison -%}
    ({{ integer_divide(pattern, digit.place_value) }} % {{ digit.levels }})
    {%- endfor -%}
{% endmacro %}
