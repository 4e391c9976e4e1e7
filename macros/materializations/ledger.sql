{# Materialization for a table that no build makes anew, not even one with --full-refresh: each adds the rows of the model's SQL to those that are there.

   Config
     key  the column that names a row: a row of the same key is replaced. Without it rows are only added #}
{% materialization ledger, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set key = config.get('key') -%}
    {%- set changes = _side_table(this, 'changed') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% if existing_relation is none %}
        {% call statement('main') %}{{ create_table_as(False, target_relation, sql) }}{% endcall %}
        {% do create_indexes(target_relation) %}
        {% do analyse_table(target_relation) %}
    {% else %}
        {% do drop_tables(changes) %}
        {% call statement('main') %}{{ create_table_as(False, changes, sql) }}{% endcall %}
        {%- set columns = same_columns(existing_relation, changes) -%}
        {% call statement('add') %}
            {% if key %}
            delete from {{ target_relation }} where {{ key }} in (select {{ key }} from {{ changes }});
            {% endif %}
            insert into {{ target_relation }} ({{ columns }}) select {{ columns }} from {{ changes }};
            drop table {{ changes }}
        {% endcall %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=False)) %}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# The columns of a ledger, as a list in SQL. Stops the build where its new rows have others: what a ledger holds cannot be worked out anew. #}
{% macro same_columns(existing_relation, new_relation) %}
    {%- set columns = adapter.get_columns_in_relation(existing_relation) | map(attribute='quoted') | list -%}
    {%- set new_columns = adapter.get_columns_in_relation(new_relation) | map(attribute='quoted') | list -%}
    {%- if columns | sort != new_columns | sort -%}
        {%- do exceptions.raise_compiler_error(
            existing_relation ~ ' has the columns ' ~ columns | join(', ') ~ ', its model now has ' ~ new_columns | join(', ')
            ~ ': alter the table by hand, as no build makes it anew'
        ) -%}
    {%- endif -%}
    {{ return(columns | join(', ')) }}
{% endmacro %}
