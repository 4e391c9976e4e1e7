{# Text in byte order: what `order by`, `min`, `max`, `<` and string_agg must use wherever the outcome depends on it, so that engines agree. #}
{% macro text_order(expression) %}{{ return(adapter.dispatch('text_order', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__text_order(expression) %}({{ expression }}){% endmacro %}

{% macro postgres__text_order(expression) %}(({{ expression }}) collate "C"){% endmacro %}

{% macro spark__text_order(expression) %}({{ expression }}){% endmacro %}
