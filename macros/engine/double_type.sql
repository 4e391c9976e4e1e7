{# The type of 64-bit floating point numbers. #}
{% macro double_type() %}{{ return(adapter.dispatch('double_type', 'identity_resolution')()) }}{% endmacro %}

{% macro default__double_type() %}double precision{% endmacro %}

{% macro spark__double_type() %}double{% endmacro %}
