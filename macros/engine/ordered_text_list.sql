{# Texts of a group joined by a separator, in a given order. #}
{% macro ordered_text_list(expression, separator, order_by) %}{{ return(adapter.dispatch('ordered_text_list', 'identity_resolution')(expression, separator, order_by)) }}{% endmacro %}

{% macro duckdb__ordered_text_list(expression, separator, order_by) %}string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }}){% endmacro %}

{% macro postgres__ordered_text_list(expression, separator, order_by) %}string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }}){% endmacro %}

{% macro spark__ordered_text_list(expression, separator, order_by) %}listagg({{ expression }}, '{{ separator }}') within group (order by {{ order_by }}){% endmacro %}
