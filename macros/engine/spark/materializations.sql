{# On Spark a table of plain files has no rows that change and no transactions: what other engines mend is made anew, and a table that has been made takes the
   place of the one before it. A build that is killed in between leaves that one under its backup name, where the next build finds it. #}
{% materialization kept, adapter='spark' %}{{ return(_make_anew()) }}{% endmaterialization %}

{% materialization delta, adapter='spark' %}{{ return(_make_anew()) }}{% endmaterialization %}

{% macro _make_anew() %}
    {%- set step = context[config.get('step')] if config.get('step') else none -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {%- set new_rows = run_rounds(sql, step) if step else _side_table(this, 'new') -%}
    {% if not step %}
        {% do drop_tables(new_rows) %}
        {% call statement('main') %}{{ create_table_as(False, new_rows, sql) }}{% endcall %}
    {% endif %}
    {% do spark_swap_tables(new_rows, target_relation) %}
    {{ run_hooks(post_hooks) }}
    {% do persist_docs(target_relation, model) %}
    {{ return({'relations': [target_relation]}) }}
{% endmacro %}

{% macro spark_swap_tables(new_relation, target_relation) %}
    {%- set backup_relation = _side_table(target_relation, 'backup') -%}
    {%- set existing_relation = load_cached_relation(target_relation) -%}
    {% if existing_relation is not none and existing_relation.is_view %}
        {% do adapter.drop_relation(existing_relation) %}
    {% elif existing_relation is not none %}
        {% do drop_tables(backup_relation) %}
        {% do run_query('alter table ' ~ target_relation ~ ' rename to ' ~ backup_relation) %}
    {% endif %}
    {% do run_query('alter table ' ~ new_relation ~ ' rename to ' ~ target_relation) %}
    {% do drop_tables(backup_relation) %}
{% endmacro %}

{% materialization ledger, adapter='spark' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set key = config.get('key') -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- set new_rows = _side_table(this, 'new') -%}
    {%- set changes = _side_table(this, 'changed') -%}
    {% do drop_tables(new_rows, changes) %}
    {% if existing_relation is none %}
        {% call statement('main') %}{{ create_table_as(False, new_rows, sql) }}{% endcall %}
        {% do run_query('alter table ' ~ new_rows ~ ' rename to ' ~ target_relation) %}
    {% else %}
        {% call statement('main') %}{{ create_table_as(False, changes, sql) }}{% endcall %}
        {% if run_query('select 1 from ' ~ changes ~ ' limit 1').rows | length %}
            {%- set columns = same_columns(existing_relation, changes) -%}
            {% do run_query(
                'create table ' ~ new_rows ~ ' as select ' ~ columns ~ ' from ' ~ existing_relation
                ~ (' as earlier where not exists (select 1 from ' ~ changes ~ ' as changed where changed.' ~ key ~ ' = earlier.' ~ key ~ ')' if key else '')
                ~ ' union all select ' ~ columns ~ ' from ' ~ changes
            ) %}
            {% do spark_swap_tables(new_rows, target_relation) %}
        {% endif %}
        {% do drop_tables(changes) %}
    {% endif %}
    {{ run_hooks(post_hooks) }}
    {% do persist_docs(target_relation, model) %}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Before anything reads a state: a build that was killed while it was being replaced has left it under its backup name. #}
{% macro spark__restore_state() %}
    {%- if execute and flags.WHICH in ['build', 'run', 'retry'] -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'ledger' -%}
            {%- set relation = _relation_of(node).incorporate(type='table') -%}
            {%- set backup_relation = _side_table(relation, 'backup') -%}
            {%- if load_relation(relation) is none and load_relation(backup_relation) is not none -%}
                {%- do adapter.rename_relation(backup_relation, relation) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
