{# JSON text of an expression that is text (quoted and escaped; null gives null). #}
{% macro json_text(expression) %}{{ return(adapter.dispatch('json_text', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__json_text(expression) %}cast(to_json({{ expression }}) as varchar){% endmacro %}

{% macro postgres__json_text(expression) %}to_json(({{ expression }})::text)::text{% endmacro %}

{# it writes no JSON of a text alone, only of a list with it #}
{% macro spark__json_text(expression) %}case when {{ expression }} is not null then regexp_extract(to_json(array({{ expression }})), '(?s)^.(.*).$', 1) end{% endmacro %}
