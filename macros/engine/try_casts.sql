{# Casts that give null, not an error, for a text that is none. #}
{% macro try_cast_timestamp(expression) %}{{ return(adapter.dispatch('try_cast_timestamp', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__try_cast_timestamp(expression) %}try_cast(try_cast({{ expression }} as timestamptz) at time zone 'UTC' as timestamp){% endmacro %}

{% macro postgres__try_cast_timestamp(expression) %}{{ target.schema }}.idr_try_timestamp({{ expression }}){% endmacro %}

{% macro try_cast_numeric(expression) %}{{ return(adapter.dispatch('try_cast_numeric', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__try_cast_numeric(expression) %}try_cast({{ expression }} as numeric(18, 6)){% endmacro %}

{% macro postgres__try_cast_numeric(expression) %}{{ target.schema }}.idr_try_numeric({{ expression }}){% endmacro %}
