{# Columns with the name of their relation before them. #}
{% macro qualified(columns, relation=none) %}
    {%- set names = [] -%}
    {%- for column in columns -%}
        {%- do names.append(relation ~ '.' ~ column if relation else column) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
