{# A timestamp as microseconds since 1970 (bigint), for scores that are numbers. #}
{% macro epoch_microseconds(expression) %}{{ return(adapter.dispatch('epoch_microseconds', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__epoch_microseconds(expression) %}epoch_us({{ expression }}){% endmacro %}

{% macro postgres__epoch_microseconds(expression) %}cast(extract(epoch from {{ expression }}) * 1000000 as bigint){% endmacro %}

{% macro spark__epoch_microseconds(expression) %}unix_micros({{ expression }}){% endmacro %}
