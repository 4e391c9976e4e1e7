{# 60-bit hash of a text, the same on every engine and for all time: identifies records. #}
{% macro record_hash(expression) %}{{ return(adapter.dispatch('record_hash', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__record_hash(expression) %}(('0x' || substr(md5({{ expression }}), 1, 15))::bigint){% endmacro %}

{% macro postgres__record_hash(expression) %}(('x0' || substr(md5({{ expression }}), 1, 15))::bit(64)::bigint){% endmacro %}

{% macro spark__record_hash(expression) %}cast(conv(substr(md5({{ expression }}), 1, 15), 16, 10) as bigint){% endmacro %}
