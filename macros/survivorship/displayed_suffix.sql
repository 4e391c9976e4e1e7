{# A canonical generational suffix (jr, sr, ii, iii, iv) as it stands in a written name. #}
{% macro displayed_suffix(expression) -%}
    case when {{ expression }} in ('jr', 'sr') then upper(left({{ expression }}, 1)) || right({{ expression }}, 1) || '.' else upper({{ expression }}) end
{%- endmacro %}
