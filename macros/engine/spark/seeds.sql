{# The adapter for Spark writes a missing value as the word None, and a quote as the end of a text; here each value is a literal, cast to its column's type. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model.config.get('column_types', {}) -%}
    {%- set sql = namespace(first=none) -%}
    {%- for rows in agate_table.rows | batch(2000) -%}
        {%- set lines = [] -%}
        {%- for row in rows -%}
            {%- set values = [] -%}
            {%- for value in row -%}
                {%- do values.append('null' if value is none else "'" ~ (value | string | replace('\\', '\\\\') | replace("'", "''")) ~ "'") -%}
            {%- endfor -%}
            {%- do lines.append('(' ~ values | join(', ') ~ ')') -%}
        {%- endfor -%}
        {%- set insert -%}
            insert into {{ this }}
            select
                {%- for column in agate_table.column_names %}
                cast(col{{ loop.index }} as {{ _spark_type(types.get(column, adapter.convert_type(agate_table, loop.index0))) }}){{ ',' if not loop.last }}
                {%- endfor %}
            from values {{ lines | join(', ') }}
        {%- endset -%}
        {%- do adapter.add_query(insert, abridge_sql_log=True) -%}
        {%- set sql.first = sql.first or insert -%}
    {%- endfor -%}
    {{ return(sql.first) }}
{% endmacro %}

{% macro spark__create_csv_table(model, agate_table) %}
    {%- set types = model.config.get('column_types', {}) -%}
    {%- set sql -%}
        create table {{ this }} (
            {%- for column in agate_table.column_names %}
            {{ adapter.quote(column) }} {{ _spark_type(types.get(column, adapter.convert_type(agate_table, loop.index0))) }}{{ ',' if not loop.last }}
            {%- endfor %}
        )
        {{ file_format_clause() }}
    {%- endset -%}
    {% call statement('_') %}{{ sql }}{% endcall %}
    {{ return(sql) }}
{% endmacro %}

{% macro _spark_type(type) %}{{ return({'text': 'string', 'double precision': 'double'}.get(type, type)) }}{% endmacro %}

{# How dbt writes a text as a literal, in unit tests among others: a backslash too has a meaning here. #}
{% macro spark__escape_single_quotes(expression) %}{{ expression | replace('\\', '\\\\') | replace("'", "\\'") }}{% endmacro %}
