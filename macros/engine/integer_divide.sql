{# Quotient of two whole numbers, rounded towards zero. #}
{% macro integer_divide(dividend, divisor) %}{{ return(adapter.dispatch('integer_divide', 'identity_resolution')(dividend, divisor)) }}{% endmacro %}

{% macro duckdb__integer_divide(dividend, divisor) %}({{ dividend }} // {{ divisor }}){% endmacro %}

{% macro postgres__integer_divide(dividend, divisor) %}({{ dividend }} / {{ divisor }}){% endmacro %}

{% macro spark__integer_divide(dividend, divisor) %}({{ dividend }} div {{ divisor }}){% endmacro %}
