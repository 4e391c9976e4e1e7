{# The columns that the blocking rules look at, in alphabetical order. #}
{% macro blocking_columns() %}
    {%- set columns = [] -%}
    {%- for rule in var('blocking_rules') -%}
        {%- for keys in rule.get('alternatives', [rule.get('keys')]) + [rule.get('refine_by', [])] -%}
            {%- do columns.extend(keys) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns | unique | sort) }}
{% endmacro %}
