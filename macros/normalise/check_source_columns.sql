{% macro check_source_columns() %}{% endmacro %}
