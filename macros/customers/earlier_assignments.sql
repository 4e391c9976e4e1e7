{# The assignments that earlier builds have left, as int_customer_assignments holds them. A model above that one reads them here, not by ref: they are an
   earlier state, not a result of this run. Without an earlier build, and in a dry run with --empty, there are none. #}
{% macro earlier_assignments() %}
    {%- if execute and not flags.EMPTY -%}
        {%- set state = graph.nodes['model.identity_resolution.int_customer_assignments'] -%}
        {%- set relation = load_relation(api.Relation.create(database=state.database, schema=state.schema, identifier=state.alias)) -%}
        {%- if relation is not none -%}
            {{ return(relation) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(no_rows(assignment_columns())) }}
{% endmacro %}

{# The columns of the state. #}
{% macro assignment_columns() %}
    {{ return([
        {'name': 'assignment_id', 'type': dbt.type_string()},
        {'name': 'record_id', 'type': 'bigint'},
        {'name': 'record_key', 'type': dbt.type_string()},
        {'name': 'customer_id', 'type': dbt.type_string()},
        {'name': 'first_known_at', 'type': 'timestamp'},
        {'name': 'valid_from', 'type': 'timestamp'},
        {'name': 'valid_to', 'type': 'timestamp'},
        {'name': 'is_latest', 'type': 'boolean'},
    ]) }}
{% endmacro %}
