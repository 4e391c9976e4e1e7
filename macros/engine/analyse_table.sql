{# Run after a table has changed: statistics, without which an engine that plans by them joins badly. #}
{% macro analyse_table(relation) %}{{ return(adapter.dispatch('analyse_table', 'identity_resolution')(relation)) }}{% endmacro %}

{% macro duckdb__analyse_table(relation) %}{% endmacro %}

{% macro postgres__analyse_table(relation) %}{% do run_query('analyze ' ~ relation) %}{% endmacro %}

{% macro spark__analyse_table(relation) %}{% endmacro %}
