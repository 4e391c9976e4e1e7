{# A name as a person would write it: one that came in capitals or in small letters only gets its capitals; one of mixed case stays as it is. #}
{% macro display_name(expression) -%}
case
    when replace({{ expression }}, 'ẞ', 'ß') <> {{ upper_text(expression) }} and {{ expression }} <> {{ lower_text(expression) }} then {{ expression }}
    when {{ lower_text(expression) }} like 'mc%' and length({{ expression }}) > 4
        then 'Mc' || {{ title_case('substr(' ~ expression ~ ', 3)') }}
    else {{ title_case(expression) }}
end
{%- endmacro %}
