{# Run first in every invocation: creates what an engine lacks. DuckDB gets its functions from the plugin in the profile. #}
{% macro create_engine_functions() %}{{ return(adapter.dispatch('create_engine_functions', 'identity_resolution')()) }}{% endmacro %}

{% macro duckdb__create_engine_functions() %}{% endmacro %}

{% macro postgres__create_engine_functions() %}{% endmacro %}
