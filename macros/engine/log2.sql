{# Logarithm to the base of 2, rounded to a millionth, so that sums are exact and engines agree. #}
{% macro log2(expression) %}cast(ln(cast({{ expression }} as {{ double_type() }})) / ln(cast(2 as {{ double_type() }})) as numeric(18, 6)){% endmacro %}

{# 2 raised to a number. #}
{% macro power_of_2(exponent) %}power(cast(2 as {{ double_type() }}), cast({{ exponent }} as {{ double_type() }})){% endmacro %}
