{# Schemas of source systems (raw_crm, raw_shop …) are fixed by whoever delivers them; all others follow the target's schema,
   and models without a layer of their own (the marts) stand in the target's schema itself, so that BI finds them unqualified. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%}
        {{ target.schema }}
    {%- elif custom_schema_name.startswith('raw_') -%}
        {{ custom_schema_name }}
    {%- else -%}
        {{ target.schema }}_{{ custom_schema_name }}
    {%- endif -%}
{%- endmacro %}
