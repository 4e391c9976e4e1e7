{# Logarithm to the base of 2, rounded to a millionth, so that sums are exact and engines agree. #}
{% macro log2(expression) %}cast(ln(cast({{ expression }} as double precision)) / ln(cast(2 as double precision)) as numeric(18, 6)){% endmacro %}
