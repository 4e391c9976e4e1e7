{# The time of the last event that identity_history tells. A build writes its events in one transaction, so all up to this time are told, and none after it.
   A model above identity_history asks here, not by ref: it is an earlier state, not a result of this run. #}
{% macro told_until() %}
    {%- if execute and not flags.EMPTY and flags.WHICH in ['build', 'run', 'retry'] -%}
        {%- set history = graph.nodes['model.identity_resolution.identity_history'] -%}
        {%- set relation = load_relation(api.Relation.create(database=history.database, schema=history.schema, identifier=history.alias)) -%}
        {%- if relation is not none -%}
            {%- set last = run_query('select cast(max(occurred_at) as ' ~ dbt.type_string() ~ ') from ' ~ relation).columns[0].values()[0] -%}
            {%- if last -%}
                {{ return(last) }}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
    {{ return('0001-01-01') }}
{% endmacro %}
