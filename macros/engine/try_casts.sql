{# Casts that give null, not an error, for a text that is none. A timestamp is ISO 8601, date and time or date alone; one without a zone is UTC, and the
   result is always UTC. #}
{% macro try_cast_timestamp(expression) %}{{ return(adapter.dispatch('try_cast_timestamp', 'identity_resolution')(expression)) }}{% endmacro %}

{# Every part in its bounds, so that no engine reads more into a text than another; how many days a month has is left to the cast. #}
{% macro date_pattern() %}{{ return('^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])') }}{% endmacro %}

{% macro time_pattern() %}{{ return('[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?') }}{% endmacro %}

{% macro zone_pattern() %}{{ return('(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)') }}{% endmacro %}

{% macro duckdb__try_cast_timestamp(expression) -%}
{%- set six_decimals = "regexp_replace(" ~ expression ~ ", '([.][0-9]{6})[0-9]+', '\\1')" -%}
case
    when regexp_matches({{ expression }}, '{{ date_pattern() }}({{ time_pattern() }})?$') then try_cast({{ six_decimals }} as timestamp)
    when regexp_matches({{ expression }}, '{{ date_pattern() }}{{ time_pattern() }}{{ zone_pattern() }}$')
        then cast(try_cast(regexp_replace({{ six_decimals }}, '([+-][0-9]{2})([0-9]{2})$', '\1:\2') as timestamptz) at time zone 'UTC' as timestamp)
end
{%- endmacro %}

{% macro postgres__try_cast_timestamp(expression) %}{{ target.schema }}.idr_try_timestamp({{ expression }}){% endmacro %}

{% macro try_cast_numeric(expression) %}{{ return(adapter.dispatch('try_cast_numeric', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro numeric_pattern() %}{{ return('^[+-]?[0-9]{1,12}([.][0-9]*)?$') }}{% endmacro %}

{% macro duckdb__try_cast_numeric(expression) %}case when regexp_matches({{ expression }}, '{{ numeric_pattern() }}') then try_cast({{ expression }} as numeric(18, 6)) end{% endmacro %}

{% macro postgres__try_cast_numeric(expression) %}case when {{ expression }} ~ '{{ numeric_pattern() }}' then cast({{ expression }} as numeric(18, 6)) end{% endmacro %}

{# it reads no zone after a time without seconds, and none of hours alone #}
{% macro spark__try_cast_timestamp(expression) -%}
{%- set six_decimals = "regexp_replace(" ~ expression ~ ", '([.][0-9]{6})[0-9]+', '$1')" -%}
{%- set with_seconds = "regexp_replace(" ~ six_decimals ~ ", '([T ][0-9]{2}:[0-9]{2})([Z+-])', '$1:00$2')" -%}
case
    when {{ regexp_matches(expression, date_pattern() ~ '(' ~ time_pattern() ~ ')?$') }} then try_cast({{ six_decimals }} as timestamp)
    when {{ regexp_matches(expression, date_pattern() ~ time_pattern() ~ zone_pattern() ~ '$') }}
        then try_cast(regexp_replace(regexp_replace({{ with_seconds }}, '([+-][0-9]{2})([0-9]{2})$', '$1:$2'), '([+-][0-9]{2})$', '$1:00') as timestamp)
end
{%- endmacro %}

{% macro spark__try_cast_numeric(expression) %}case when {{ regexp_matches(expression, numeric_pattern()) }} then try_cast({{ expression }} as numeric(18, 6)) end{% endmacro %}
