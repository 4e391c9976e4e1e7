{# Values of any type as one text, in which a value that is missing is told from one that is empty. #}
{% macro joined_values(expressions) -%}
concat_ws(
    '|'
    {%- for expression in expressions %},
    coalesce(cast({{ expression }} as {{ dbt.type_string() }}), '~')
    {%- endfor %}
)
{%- endmacro %}

{# The columns of the golden record that hold values of its source records, by the alias of its relation. #}
{% macro golden_columns_of(relation) %}
    {%- set columns = [] -%}
    {%- for golden in golden_columns() -%}
        {%- do columns.append(relation ~ '.' ~ golden.column) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}
