{# White space of every kind (line breaks, no-break and zero-width spaces, control characters) as single spaces, none at the ends; empty text is null. #}
{% macro squash_text(expression) -%}
nullif(trim(regexp_replace(translate({{ expression }}, chr(160) || chr(8203) || chr(8239) || chr(65279), '    '), '[\x01-\x20\x7f]+', ' ', 'g')), '')
{%- endmacro %}
