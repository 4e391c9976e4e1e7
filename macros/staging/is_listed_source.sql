{# Whether a staging model stands in the var identity_sources or activity_sources, by its name or in a mapping with its settings. #}
{% macro is_listed_source(model_name, variable) %}
    {%- for entry in var(variable) if (entry if entry is string else entry.model) == model_name -%}
        {{ return(true) }}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}
