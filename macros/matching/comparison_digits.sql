{# The comparisons with the place value of their digit in a pattern. #}
{% macro comparison_digits() %}
    {%- set digits = [] -%}
    {%- set place = namespace(value=1) -%}
    {%- for comparison in comparisons() -%}
        {%- do digits.append({'name': comparison.name, 'levels': comparison.levels, 'place_value': place.value}) -%}
        {%- set place.value = place.value * comparison.levels -%}
    {%- endfor -%}
    {{ return(digits) }}
{% endmacro %}
