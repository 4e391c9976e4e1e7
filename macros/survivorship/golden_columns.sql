{# The columns of the golden record in their order, each with its attribute; with is_whole, those of attributes of several columns or of one only. #}
{% macro golden_columns(is_whole=none) %}
    {%- set columns = [] -%}
    {%- for attribute in golden_attributes() if is_whole is none or (attribute.columns | length > 1) == is_whole -%}
        {%- for column in attribute.columns -%}
            {%- do columns.append({'attribute': attribute.name, 'column': column}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}
