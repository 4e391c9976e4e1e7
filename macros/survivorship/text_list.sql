{# Names as SQL texts, for an `in (…)`. #}
{% macro text_list(names) -%}
    {%- for name in names -%}
        '{{ name }}'{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
