{# The columns that the YAML of a source table lists. Known while a command runs, not while the project is parsed. #}
{% macro source_columns(source_name, table_name) %}
    {%- for table in graph.sources.values() if table.source_name == source_name and table.name == table_name -%}
        {{ return(table.columns.keys() | list) }}
    {%- endfor -%}
    {{ return([]) }}
{% endmacro %}
