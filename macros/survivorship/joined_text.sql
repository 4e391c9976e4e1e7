{# The columns of an attribute, or of its key, as one text; null where all are null. #}
{% macro joined_text(columns, separator) -%}
    {%- if columns | length == 1 -%}
        cast({{ columns[0] }} as {{ dbt.type_string() }})
    {%- else -%}
        nullif(concat_ws('{{ separator }}', {{ columns | join(', ') }}), '')
    {%- endif -%}
{%- endmacro %}
