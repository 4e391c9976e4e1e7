{# Materialization for algorithms that repeat a step until nothing changes.

   The model's SQL is the state to begin with. The macro named by the config `step` gets the relation that holds the current state and returns the query for
   the next one, with the same columns; it ends when a round yields no row that was not there before. A step has to make
   progress on every round that changes anything, so that it ends; the limit of 100,000 rounds only catches one that does not. Relations that the step reads are named in the model by `depends_on` comments. #}
{% materialization fixpoint, default %}
    {%- set step = context[config.require('step')] -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
    {%- set round_relations = [
        api.Relation.create(database=this.database, schema=this.schema, identifier=this.identifier ~ '__round_even', type='table'),
        api.Relation.create(database=this.database, schema=this.schema, identifier=this.identifier ~ '__round_odd', type='table'),
    ] -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {# what a killed run has left behind #}
    {% do run_query('drop table if exists ' ~ round_relations[0]) %}
    {% do run_query('drop table if exists ' ~ round_relations[1]) %}
    {% do adapter.drop_relation(backup_relation) %}

    {% call statement('main') %}{{ create_table_as(False, round_relations[0], sql) }}{% endcall %}

    {%- set state = namespace(round=0, is_settled=false) -%}
    {% for attempt in range(100000) if not state.is_settled %}
        {%- set current = round_relations[state.round % 2] -%}
        {%- set next = round_relations[(state.round + 1) % 2] -%}
        {% do run_query('drop table if exists ' ~ next) %}
        {% do run_query(create_table_as(False, next, step(current))) %}
        {%- set changed = run_query('select count(*) from (select * from ' ~ next ~ ' except select * from ' ~ current ~ ') as changed').columns[0].values()[0] -%}
        {%- set state.round = state.round + 1 -%}
        {%- set state.is_settled = (changed == 0) -%}
        {% do log(this.identifier ~ ': round ' ~ state.round ~ ', ' ~ changed ~ ' rows changed') %}
    {% endfor %}

    {% if not state.is_settled %}
        {% do exceptions.raise_compiler_error(this.identifier ~ ': ' ~ config.get('step') ~ ' has not settled after ' ~ state.round ~ ' rounds') %}
    {% endif %}

    {% do run_query('drop table if exists ' ~ round_relations[(state.round + 1) % 2]) %}
    {% if existing_relation is not none %}
        {% do adapter.rename_relation(existing_relation, backup_relation) %}
    {% endif %}
    {% do adapter.rename_relation(round_relations[state.round % 2], target_relation) %}
    {% do create_indexes(target_relation) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}
    {% if existing_relation is not none %}
        {% do adapter.drop_relation(backup_relation) %}
    {% endif %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
