{# Whether a source record has a value for a golden attribute. #}
{% macro has_value(attribute, relation=none) -%}
    coalesce({{ qualified(attribute.columns, relation) | join(', ') }}) is not null
{%- endmacro %}
