{# Run first in every invocation: creates what an engine lacks. DuckDB gets its functions from the plugin in the profile; on Postgres they are PL/pgSQL and
   SQL functions in the target's schema, since managed servers offer no Python (where a server does, two of them are in Python), and are created anew only
   when their text has changed. #}
{% macro create_engine_functions() %}{{ return(adapter.dispatch('create_engine_functions', 'identity_resolution')()) }}{% endmacro %}

{% macro duckdb__create_engine_functions() %}{% endmacro %}

{% macro postgres__create_engine_functions() %}
    {%- if execute -%}
        {%- set functions -%}
            {{ postgres_text_functions() }}
            {{ postgres_metaphone_function() }}
            {{ postgres_similarity_functions() }}
            {{ postgres_cast_functions() }}
            {%- set jellyfish_version = postgres_jellyfish_version() -%}
            {% if jellyfish_version %}
            {{ postgres_python_functions(jellyfish_version) }}
            {% endif %}
        {%- endset -%}
        {%- set version = local_md5(functions) -%}
        {%- set found = run_query("select obj_description(to_regprocedure('" ~ target.schema ~ ".idr_try_timestamp(text)'), 'pg_proc')").columns[0].values()[0] -%}
        {%- if found != version -%}
            {%- do run_query(
                "begin; select pg_advisory_xact_lock(hashtext('idr functions')); create schema if not exists " ~ target.schema ~ ";"
                ~ functions ~ "comment on function " ~ target.schema ~ ".idr_try_timestamp(text) is '" ~ version ~ "'; commit;"
            ) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{# the session has them from the package; a cluster has to be given them, see docs/spark.md #}
{% macro spark__create_engine_functions() %}
    {%- if execute and flags.WHICH in ['build', 'run', 'retry', 'test'] and not run_query("show user functions like 'idr_metaphone'") -%}
        {%- do exceptions.raise_compiler_error(
            "Spark does not know the project's functions (idr_metaphone …): run dbt as `idr spark " ~ flags.WHICH ~ "`, or see docs/spark.md for a cluster"
        ) -%}
    {%- endif -%}
{% endmacro %}
