{# Run after a table is built: statistics, without which an engine that plans by them joins badly. #}
{% macro analyse_table() %}{{ return(adapter.dispatch('analyse_table', 'identity_resolution')()) }}{% endmacro %}

{% macro duckdb__analyse_table() %}{% endmacro %}

{% macro postgres__analyse_table() %}{% if config.get('materialized') != 'view' %}analyze {{ this }}{% endif %}{% endmacro %}
