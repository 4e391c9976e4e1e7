{# 64-bit hash of a list of expressions, fast, the same within one build only: blocking keys, keys of distinct values.
   Nulls count as a value of their own. #}
{% macro key_hash(expressions) %}{{ return(adapter.dispatch('key_hash', 'identity_resolution')(expressions)) }}{% endmacro %}

{% macro duckdb__key_hash(expressions) %}(hash({{ expressions | join(', ') }})::hugeint - 9223372036854775808)::bigint{% endmacro %}

{% macro postgres__key_hash(expressions) %}hashtextextended(concat_ws(chr(30){% for expression in expressions %}, coalesce(({{ expression }})::text, chr(31)){% endfor %}), 0){% endmacro %}

{% macro spark__key_hash(expressions) %}xxhash64({% for expression in expressions %}coalesce(cast({{ expression }} as string), chr(31)){{ ', ' if not loop.last }}{% endfor %}){% endmacro %}
