{# A source table, or, where there is none, no rows with the columns that its YAML lists, all text. In a unit test it is the given rows. #}
{% macro source_or_empty(source_name, table_name) %}
    {%- set relation = source(source_name, table_name) -%}
    {%- if not execute or relation.is_cte or load_relation(relation) is not none -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- set empty_select -%}
        (
        select *
        from (
            select
                {%- for column in source_columns(source_name, table_name) %}
                cast(null as text) as {{ adapter.quote(column) }}{{ ',' if not loop.last }}
                {%- endfor %}
        ) as no_table
        where 1 = 0
    ) as {{ table_name }}
    {%- endset -%}
    {{ return(empty_select) }}
{% endmacro %}
