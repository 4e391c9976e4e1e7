{# Every match of a pattern in a text, or the first one, replaced. \1 in the replacement is the first group of the match. #}
{% macro regexp_replace(expression, pattern, replacement) %}{{ return(adapter.dispatch('regexp_replace', 'identity_resolution')(expression, pattern, replacement)) }}{% endmacro %}

{% macro default__regexp_replace(expression, pattern, replacement) %}regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}', 'g'){% endmacro %}

{% macro regexp_replace_first(expression, pattern, replacement) %}{{ return(adapter.dispatch('regexp_replace_first', 'identity_resolution')(expression, pattern, replacement)) }}{% endmacro %}

{% macro default__regexp_replace_first(expression, pattern, replacement) %}regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}'){% endmacro %}
