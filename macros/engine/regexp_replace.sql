{# Every match of a pattern in a text, or the first one, replaced. \1 in the replacement is the first group of the match. #}
{% macro regexp_replace(expression, pattern, replacement) %}{{ return(adapter.dispatch('regexp_replace', 'identity_resolution')(expression, pattern, replacement)) }}{% endmacro %}

{% macro default__regexp_replace(expression, pattern, replacement) %}regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}', 'g'){% endmacro %}

{% macro regexp_replace_first(expression, pattern, replacement) %}{{ return(adapter.dispatch('regexp_replace_first', 'identity_resolution')(expression, pattern, replacement)) }}{% endmacro %}

{% macro default__regexp_replace_first(expression, pattern, replacement) %}regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}'){% endmacro %}

{# it replaces every match, and names groups by $ #}
{% macro spark__regexp_replace(expression, pattern, replacement) %}regexp_replace({{ expression }}, '{{ spark_pattern(pattern) }}', '{{ replacement | replace('\\', '$') }}'){% endmacro %}

{# so the first match is found together with all that stands before it #}
{% macro spark__regexp_replace_first(expression, pattern, replacement) -%}
{%- set parts = replacement.split('\\') -%}
{%- set shifted = ['$1' ~ parts[0]] -%}
{%- for part in parts[1:] -%}
    {%- do shifted.append('$' ~ (part[0] | int + 1) ~ part[1:]) -%}
{%- endfor -%}
regexp_replace({{ expression }}, '(?s)^(.*?)(?:{{ spark_pattern(pattern) }})', '{{ shifted | join }}')
{%- endmacro %}
