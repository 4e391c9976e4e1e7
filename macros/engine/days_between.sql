{# The days from one date to another. #}
{% macro days_between(first_date, last_date) %}{{ return(adapter.dispatch('days_between', 'identity_resolution')(first_date, last_date)) }}{% endmacro %}

{% macro default__days_between(first_date, last_date) %}({{ last_date }} - {{ first_date }}){% endmacro %}

{% macro spark__days_between(first_date, last_date) %}datediff({{ last_date }}, {{ first_date }}){% endmacro %}
