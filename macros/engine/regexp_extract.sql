{% macro regexp_extract(expression, pattern, group=1) %}{{ return(adapter.dispatch('regexp_extract', 'identity_resolution')(expression, pattern, group)) }}{% endmacro %}

{% macro duckdb__regexp_extract(expression, pattern, group=1) %}nullif(regexp_extract({{ expression }}, '{{ pattern }}', {{ group }}), ''){% endmacro %}

{% macro postgres__regexp_extract(expression, pattern, group=1) %}nullif((regexp_match({{ expression }}, '{{ pattern }}'))[{{ group }}], ''){% endmacro %}

{% macro spark__regexp_extract(expression, pattern, group=1) %}nullif(regexp_extract({{ expression }}, '{{ spark_pattern(pattern) }}', {{ group }}), ''){% endmacro %}
