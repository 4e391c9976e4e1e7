{# The month that a lower-case word names, in English, German, French, Spanish or Italian; null for other words. #}
{% macro month_number(expression) -%}
case
    when left({{ expression }}, 4) = 'juil' then 7
    {%- for starts in [
        ['jan', 'jän', 'ene', 'gen'], ['feb', 'fév', 'fev'], ['mar', 'mär', 'mrz'], ['apr', 'abr', 'avr'], ['may', 'mai', 'mag'], ['jun', 'jui', 'giu'],
        ['jul', 'lug'], ['aug', 'ago', 'aoû', 'aou'], ['sep', 'set'], ['oct', 'okt', 'ott'], ['nov'], ['dec', 'dez', 'déc', 'dic'],
    ] %}
    when left({{ expression }}, 3) in ({% for start in starts %}'{{ start }}'{{ ', ' if not loop.last }}{% endfor %}) then {{ loop.index }}
    {%- endfor %}
end
{%- endmacro %}
