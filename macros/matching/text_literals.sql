{# A list of texts as SQL literals. #}
{% macro text_literals(texts) -%}
{% for text in texts %}{{ dbt.string_literal(dbt.escape_single_quotes(text)) }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}
