{# A source table of customers. It must exist (check_source_columns says so before a build), except in a dry run with --empty. #}
{% macro customer_source(source_name, table_name) %}
    {{ return(source_or_empty(source_name, table_name) if flags.EMPTY else source(source_name, table_name)) }}
{% endmacro %}
