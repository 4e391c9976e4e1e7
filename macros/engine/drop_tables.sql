{# Drops tables, where they are there. #}
{% macro drop_tables() %}{{ return(adapter.dispatch('drop_tables', 'identity_resolution')(varargs)) }}{% endmacro %}

{% macro default__drop_tables(relations) %}{% do run_query('drop table if exists ' ~ relations | join('; drop table if exists ')) %}{% endmacro %}

{# it takes one statement at a time #}
{% macro spark__drop_tables(relations) %}{% for relation in relations %}{% do run_query('drop table if exists ' ~ relation) %}{% endfor %}{% endmacro %}
