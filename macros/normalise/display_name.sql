{# A name as a person would write it: one that came in capitals or in small letters only gets its capitals; one of mixed case stays as it is. #}
{% macro display_name(expression) -%}
case
    when {{ expression }} <> upper({{ expression }}) and {{ expression }} <> lower({{ expression }}) then {{ expression }}
    when lower({{ expression }}) like 'mc%' and length({{ expression }}) > 4
        then 'Mc' || {{ title_case('substr(' ~ expression ~ ', 3)') }}
    else {{ title_case(expression) }}
end
{%- endmacro %}
