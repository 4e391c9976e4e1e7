{# Materialization for algorithms that repeat a step until nothing changes.

   The model's SQL is the state to begin with. The macro named by the config `step` gets the relation that holds the current state and returns the query for
   the next one, with the same columns; it ends when a round yields the rows that were there before. A step has to make progress on every round that changes
   anything, so that it ends; the limit of 100,000 rounds only catches one that does not. Relations that the step reads are named in the model by
   `depends_on` comments. #}
{% materialization fixpoint, default %}
    {%- set step = context[config.require('step')] -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% do adapter.drop_relation(backup_relation) %}
    {%- set settled = run_rounds(sql, step) -%}
    {% if existing_relation is not none %}
        {% do adapter.rename_relation(existing_relation, backup_relation) %}
    {% endif %}
    {% do adapter.rename_relation(settled, target_relation) %}
    {% do create_indexes(target_relation) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}
    {% if existing_relation is not none %}
        {% do adapter.drop_relation(backup_relation) %}
    {% endif %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Repeats a step from the state of a query on until nothing changes; returns the relation that holds the last state. #}
{% macro run_rounds(sql, step) %}
    {%- set round_relations = [
        api.Relation.create(database=this.database, schema=this.schema, identifier=this.identifier ~ '__round_even', type='table'),
        api.Relation.create(database=this.database, schema=this.schema, identifier=this.identifier ~ '__round_odd', type='table'),
    ] -%}

    {# what a killed run has left behind #}
    {% do drop_tables(round_relations[0], round_relations[1]) %}

    {% call statement('main') %}create table {{ round_relations[0] }} as {{ sql }}{% endcall %}

    {%- set rows = 'select ' ~ content_hash('rows_of_round') ~ ' from (select * from $) as rows_of_round' -%}
    {%- set state = namespace(round=0, is_settled=false, rows=run_query(rows.replace('$', round_relations[0] | string)).columns[0].values()[0]) -%}
    {# two loops, as Jinja has no way to leave one early, and going through 100,000 rounds that are not needed takes its time #}
    {% for hundred in range(1000) if not state.is_settled %}{% for attempt in range(100) if not state.is_settled %}
        {%- set current = round_relations[state.round % 2] -%}
        {%- set next = round_relations[(state.round + 1) % 2] -%}
        {% do drop_tables(next) %}
        {% do run_query('create table ' ~ next ~ ' as ' ~ step(current)) %}
        {%- set next_rows = run_query(rows.replace('$', next | string)).columns[0].values()[0] -%}
        {%- set state.round = state.round + 1 -%}
        {%- set state.is_settled = (next_rows == state.rows) -%}
        {%- set state.rows = next_rows -%}
        {% do log(this.identifier ~ ': round ' ~ state.round ~ ', ' ~ next_rows.split(' ')[0] ~ ' rows') %}
    {% endfor %}{% endfor %}

    {% if not state.is_settled %}
        {% do exceptions.raise_compiler_error(this.identifier ~ ': ' ~ config.get('step') ~ ' has not settled after ' ~ state.round ~ ' rounds') %}
    {% endif %}

    {% do drop_tables(round_relations[(state.round + 1) % 2]) %}
    {{ return(round_relations[state.round % 2]) }}
{% endmacro %}
