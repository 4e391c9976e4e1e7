{# A table function with the whole numbers from 1 to a constant. #}
{% macro number_series(count) %}{{ return(adapter.dispatch('number_series', 'identity_resolution')(count)) }}{% endmacro %}

{% macro default__number_series(count) %}generate_series(1, {{ count }}){% endmacro %}

{% macro spark__number_series(count) %}range(1, {{ count }} + 1){% endmacro %}
