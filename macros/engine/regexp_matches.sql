{% macro regexp_matches(expression, pattern) %}{{ return(adapter.dispatch('regexp_matches', 'identity_resolution')(expression, pattern)) }}{% endmacro %}

{% macro duckdb__regexp_matches(expression, pattern) %}regexp_matches({{ expression }}, '{{ pattern }}'){% endmacro %}

{% macro postgres__regexp_matches(expression, pattern) %}({{ expression }} ~ '{{ pattern }}'){% endmacro %}

{% macro spark__regexp_matches(expression, pattern) %}regexp_like({{ expression }}, '{{ pattern }}'){% endmacro %}
