{# A count as far as comparisons tell it apart: the last of the bounds that it reaches, or 1. So a record is not compared anew because one more shares its mailbox. #}
{% macro count_class(count, bounds) -%}
case
            {%- for bound in bounds | sort(reverse=true) %} when {{ count }} >= {{ bound }} then {{ bound }}{% endfor %} when {{ count }} is not null then 1 end
{%- endmacro %}
