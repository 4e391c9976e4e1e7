{% macro regexp_matches(expression, pattern) %}{{ return(adapter.dispatch('regexp_matches', 'identity_resolution')(expression, pattern)) }}{% endmacro %}

{% macro duckdb__regexp_matches(expression, pattern) %}regexp_matches({{ expression }}, '{{ pattern }}'){% endmacro %}

{% macro postgres__regexp_matches(expression, pattern) %}({{ expression }} ~ '{{ pattern }}'){% endmacro %}

{% macro spark__regexp_matches(expression, pattern) %}regexp_like({{ expression }}, '{{ spark_pattern(pattern) }}'){% endmacro %}

{# in its text literals a backslash stands for itself only when doubled; its i alone knows the case of a to z only, and its $ overlooks a last line break #}
{% macro spark_pattern(pattern) %}{{ return(pattern | replace('\\', '\\\\') | replace('(?i)', '(?iu)') | replace('$', '\\\\z')) }}{% endmacro %}
