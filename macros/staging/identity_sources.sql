{# The entries of the var identity_sources as mappings with all their settings. #}
{% macro identity_sources() %}
    {%- set sources = [] -%}
    {%- for entry in var('identity_sources') -%}
        {%- set given = {'model': entry} if entry is string else entry -%}
        {%- do sources.append({
            'model': given.model,
            'default_country': given.get('default_country', 'US'),
            'date_order': given.get('date_order', 'mdy'),
        }) -%}
    {%- endfor -%}
    {{ return(sources) }}
{% endmacro %}
