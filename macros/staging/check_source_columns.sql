{# Run before `dbt build` and `dbt run`: stops them with one line for each source table of the selected staging models that lacks a column of those its
   YAML lists, or that does not exist although its model is in the var identity_sources. Nothing has been built then. A dry run with --empty needs no
   table. #}
{% macro check_source_columns() %}
    {%- if execute and flags.WHICH in ['build', 'run', 'retry'] -%}
        {%- set faults = [] -%}
        {%- set checked = [] -%}
        {%- for model in graph.nodes.values() if model.resource_type == 'model' and model.unique_id in selected_resources -%}
            {%- for source_id in model.depends_on.nodes if source_id in graph.sources and source_id not in checked -%}
                {%- do checked.append(source_id) -%}
                {%- set fault = _source_fault(graph.sources[source_id], model.name) -%}
                {%- if fault -%}
                    {%- do faults.append(fault) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if faults -%}
            {%- do exceptions.raise_compiler_error(faults | sort | join('\n')) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{# What is wrong with a source table, in one line; nothing if it is as it should be, or optional and absent. #}
{% macro _source_fault(table, model_name) %}
    {%- set name = table.schema ~ '.' ~ table.identifier ~ ' (source ' ~ table.source_name ~ ')' -%}
    {%- set relation = load_relation(api.Relation.create(database=table.database, schema=table.schema, identifier=table.identifier)) -%}
    {%- if relation is none -%}
        {%- if flags.EMPTY or not is_listed_source(model_name, 'identity_sources') -%}
            {{ return(none) }}
        {%- endif -%}
        {%- set is_demo = graph.nodes.values()
            | selectattr('resource_type', 'equalto', 'seed') | selectattr('schema', 'equalto', table.schema)
            | selectattr('alias', 'equalto', table.identifier) | list -%}
        {{ return(
            name ~ ' does not exist: load it' ~ (' (for the demo: dbt seed --select tag:demo)' if is_demo else '')
            ~ ', or take ' ~ model_name ~ ' out of the var identity_sources'
        ) }}
    {%- endif -%}
    {%- set found = adapter.get_columns_in_relation(relation) | map(attribute='name') | map('lower') | list -%}
    {%- set missing = table.columns.keys() | reject('in', found) | list -%}
    {%- if missing -%}
        {{ return(
            name ~ ' lacks the column' ~ ('s ' if missing | length > 1 else ' ') ~ missing | join(', ')
            ~ ', listed in ' ~ table.original_file_path
        ) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
