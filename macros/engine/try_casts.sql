{# Casts that give null, not an error, for a text that is none. A timestamp is ISO 8601, date and time or date alone; one without a zone is UTC, and the
   result is always UTC. #}
{% macro try_cast_timestamp(expression) %}{{ return(adapter.dispatch('try_cast_timestamp', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro timestamp_pattern() %}{{ return('^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?)?') }}{% endmacro %}

{% macro duckdb__try_cast_timestamp(expression) -%}
case
    when regexp_matches({{ expression }}, '{{ timestamp_pattern() }}$') then try_cast({{ expression }} as timestamp)
    when regexp_matches({{ expression }}, '{{ timestamp_pattern() }} ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$')
        then cast(try_cast({{ expression }} as timestamptz) at time zone 'UTC' as timestamp)
end
{%- endmacro %}

{% macro postgres__try_cast_timestamp(expression) %}{{ target.schema }}.idr_try_timestamp({{ expression }}){% endmacro %}

{% macro try_cast_numeric(expression) %}{{ return(adapter.dispatch('try_cast_numeric', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro numeric_pattern() %}{{ return('^[+-]?[0-9]{1,12}([.][0-9]*)?$') }}{% endmacro %}

{% macro duckdb__try_cast_numeric(expression) %}case when regexp_matches({{ expression }}, '{{ numeric_pattern() }}') then try_cast({{ expression }} as numeric(18, 6)) end{% endmacro %}

{% macro postgres__try_cast_numeric(expression) %}case when {{ expression }} ~ '{{ numeric_pattern() }}' then cast({{ expression }} as numeric(18, 6)) end{% endmacro %}
