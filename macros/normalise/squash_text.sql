{# White space of every kind (line breaks, no-break and zero-width spaces, control characters) as single spaces, none at the ends; empty text is null. #}
{% macro squash_text(expression) -%}
nullif(trim({{ regexp_replace('translate(' ~ expression ~ ', ' ~ unicode_letters([160, 8203, 8239, 65279]) ~ ", '    ')", '[\\x01-\\x20\\x7f]+', ' ') }}), '')
{%- endmacro %}
