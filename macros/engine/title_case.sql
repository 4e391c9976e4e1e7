{# Each word with a capital first letter; words end at spaces, hyphens, apostrophes and full stops. #}
{% macro title_case(expression) %}{{ return(adapter.dispatch('title_case', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__title_case(expression) %}array_to_string(list_transform(regexp_extract_all(lower({{ expression }}), '[^-. '']+|[-. '']+'), lambda word: upper(word[1]) || word[2:]), ''){% endmacro %}

{% macro postgres__title_case(expression) %}initcap({{ target.schema }}.idr_lower({{ expression }})){% endmacro %}
