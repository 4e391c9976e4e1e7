{# row_hash: 64-bit hash of all columns of a row, by the alias of its relation; like key_hash it is the same within one version of the engine only.
   content_hash: a text that differs when the rows of a relation differ (an aggregate). engine_version:
   an expression for what such hashes depend on. #}
{% macro row_hash(alias) %}{{ return(adapter.dispatch('row_hash', 'identity_resolution')(alias)) }}{% endmacro %}

{% macro duckdb__row_hash(alias) %}(hash({{ alias }})::hugeint - 9223372036854775808)::bigint{% endmacro %}

{% macro postgres__row_hash(alias) %}hashtextextended(({{ alias }})::text, 0){% endmacro %}

{% macro content_hash(alias) %}concat_ws(' ', count(*), sum({{ row_hash(alias) }})){% endmacro %}

{% macro engine_version() %}{{ return(adapter.dispatch('engine_version', 'identity_resolution')()) }}{% endmacro %}

{# the project's own functions are part of the engine #}
{% macro postgres__engine_version() -%}
version() || coalesce(obj_description(to_regprocedure('{{ target.schema }}.idr_try_timestamp(text)'), 'pg_proc'), '')
{%- endmacro %}

{% macro default__engine_version() %}version(){% endmacro %}

{# a field without a value is left out of the JSON, whose fields have names #}
{% macro spark__row_hash(alias) %}xxhash64(to_json(struct({{ alias }}.*))){% endmacro %}
