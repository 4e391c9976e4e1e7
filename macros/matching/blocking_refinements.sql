{# How often a block can be divided: the longest refine_by of the blocking rules. #}
{% macro blocking_refinements() %}
    {%- set lengths = [0] -%}
    {%- for rule in var('blocking_rules') -%}
        {%- do lengths.append(rule.get('refine_by', []) | length) -%}
    {%- endfor -%}
    {{ return(lengths | max) }}
{% endmacro %}
