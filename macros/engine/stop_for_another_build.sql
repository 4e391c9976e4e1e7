{# Run first in a build and before each model: stops it, in one line, if another build holds the lock of the target's schema. The build's own lock is taken by the
   package, which opens a connection for it and keeps it to the end; dbt's connections live as long as one node. A build that runs without the package, or
   whose lock was taken from it, comes to know it here. One process at a time has a DuckDB file open. #}
{% macro stop_for_another_build() %}{{ return(adapter.dispatch('stop_for_another_build', 'identity_resolution')()) }}{% endmacro %}

{% macro duckdb__stop_for_another_build() %}{% endmacro %}

{% macro postgres__stop_for_another_build() %}
    {%- if execute and flags.WHICH in ['build', 'clone', 'retry', 'run', 'seed', 'snapshot'] -%}
        {%- set holder -%}
            select
                coalesce(substring(activity.application_name from '^idr [0-9a-f]+ [0-9]+ [0-9]+ (.+)$'), 'role ' || activity.usename) as owner,
                substring(activity.application_name from '^idr [0-9a-f]+ [0-9]+ ([0-9]+) ') as process,
                coalesce(substring(activity.application_name from '^idr ([0-9a-f]+) '), '') as invocation,
                to_timestamp(cast(substring(activity.application_name from '^idr [0-9a-f]+ ([0-9]+) ') as double precision)) at time zone 'UTC' as taken_at
            from pg_locks as locks
            left join pg_stat_activity as activity on locks.pid = activity.pid
            where
                locks.locktype = 'advisory'
                and locks.granted
                and locks.database = (select oid from pg_database where datname = current_database())
                and locks.objsubid = 1
                and ((cast(locks.classid as bigint) << 32) | cast(locks.objid as bigint))
                = hashtextextended('identity_resolution build of ' || {{ dbt.string_literal(dbt.escape_single_quotes(target.schema)) }}, 0)
        {%- endset -%}
        {%- for row in run_query(holder).rows if row['invocation'] != invocation_id[:8] -%}
            {%- do exceptions.raise_compiler_error(
                'another build is writing to the schema ' ~ target.schema ~ ': ' ~ row['owner'] ~ (', process ' ~ row['process'] if row['process'] else '')
                ~ (', since ' ~ row['taken_at'] ~ ' UTC' if row['taken_at'] else '')
                ~ '. Run this one when that has ended; if it is dead: idr unlock --target ' ~ target.name
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{# a metastore in files is open to one process at a time; on a cluster whatever starts builds has to start one at a time #}
{% macro spark__stop_for_another_build() %}{% endmacro %}
