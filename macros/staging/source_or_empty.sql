{# A source table, or, where there is none, no rows with the columns that its YAML lists, all text. In a unit test it is the given rows. #}
{% macro source_or_empty(source_name, table_name) %}
    {%- set relation = source(source_name, table_name) -%}
    {%- if not execute or relation.is_cte or load_relation(relation) is not none -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for column in source_columns(source_name, table_name) -%}
        {%- do columns.append({'name': adapter.quote(column), 'type': dbt.type_string()}) -%}
    {%- endfor -%}
    {{ return(no_rows(columns) ~ ' as ' ~ table_name) }}
{% endmacro %}

{# A relation without rows that has the given columns (name, type): what stands in for a table that is not there. #}
{% macro no_rows(columns) %}
(
    select *
    from (
        select
            {%- for column in columns %}
            cast(null as {{ column.type }}) as {{ column.name }}{{ ',' if not loop.last }}
            {%- endfor %}
    ) as no_table
    where 1 = 0
)
{%- endmacro %}
