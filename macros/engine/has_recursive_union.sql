{# Whether a recursive query may leave out rows that it has found before (union, not union all), and so comes to an end on a graph with rings. #}
{% macro has_recursive_union() %}{{ return(adapter.dispatch('has_recursive_union', 'identity_resolution')()) }}{% endmacro %}

{% macro default__has_recursive_union() %}{{ return(true) }}{% endmacro %}

{% macro spark__has_recursive_union() %}{{ return(false) }}{% endmacro %}
