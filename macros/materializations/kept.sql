{# Materialization for a table that is made anew as a whole when what it is made from has changed (see stamps.sql), and left alone when not.

   Config
     earlier  models whose state as earlier builds have left it is read, by a macro and not by ref
     step     for an algorithm that repeats a step until nothing changes: the model's SQL is the state to begin with, and the macro of this name gets the
              relation that holds the current state and returns the query for the next one, with the same columns. It ends when a round yields the rows that
              were there before. A step has to make progress on every round that changes anything, so that it ends; the limit of 100,000 rounds only
              catches one that does not. Relations that the step reads are named in the model by `depends_on` comments. #}
{% materialization kept, default %}
    {%- set step = context[config.get('step')] if config.get('step') else none -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing_relation = load_cached_relation(this) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set stamps = model_stamps(sql) -%}
    {% if stamps.is_kept %}
        {% call noop_statement('main', 'nothing new', 'KEPT', 0) %}{{ sql }}{% endcall %}
        {# there has to be a transaction that the commit below ends #}
        {% call statement('nothing', auto_begin=True) %}select 1{% endcall %}
    {% else %}
        {%- set new_rows = run_rounds(sql, step) if step else _side_table(this, 'new') -%}
        {% if not step %}
            {% do drop_tables(new_rows) %}
            {% call statement('main') %}{{ create_table_as(False, new_rows, sql) }}{% endcall %}
        {% endif %}
        {% do run_query(note_stamp(stamps, stamp_of_content(new_rows))) %}
        {% do swap_tables(new_rows, target_relation, existing_relation) %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=not stamps.is_kept)) %}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Puts a table that has been made in the place of the one before it. #}
{% macro swap_tables(new_relation, target_relation, existing_relation) %}
    {% if existing_relation is not none %}
        {%- set backup_relation = make_backup_relation(target_relation, existing_relation.type) -%}
        {% do adapter.drop_relation(backup_relation) %}
        {% do adapter.rename_relation(existing_relation, backup_relation) %}
    {% endif %}
    {% do adapter.rename_relation(new_relation, target_relation) %}
    {% do create_indexes(target_relation) %}
    {% do analyse_table(target_relation) %}
    {% if existing_relation is not none %}
        {% do adapter.drop_relation(backup_relation) %}
    {% endif %}
{% endmacro %}

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
