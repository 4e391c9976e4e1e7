{# What each table has been made from, so that a build leaves alone what it would make again as it is.

   A stamp is a text that differs when the content of a relation may differ. The table build_stamps has one row per relation
     stamp   of its content
     rules   what its rows are made by: the model's SQL, the engine, and for a delta the stamps of what it looks things up in
     inputs  the stamps of what its rows are made from
   and is written in one transaction with the relation: whatever a killed build leaves behind, a stamp never speaks of content that is not there.

   A seed is stamped by its content each time it is looked at, as people load seeds outside of builds; so is the state of ids where an earlier one is read. A view is looked through: what reads it is made from what
   the view is made from, by its rules too. A source table has no stamp, as it is unknown until it has been read. #}

{% macro create_build_stamps() %}
    {%- if execute and keeps_stamps() and flags.WHICH in ['build', 'run', 'retry'] -%}
        {%- set stamps = build_stamps() -%}
        {%- do run_query('create schema if not exists ' ~ stamps.schema) -%}
        {%- do run_query('create table if not exists ' ~ stamps ~ ' (relation text, stamp text, rules text, inputs text)') -%}
    {%- endif -%}
{% endmacro %}

{% macro build_stamps() %}
    {{ return(api.Relation.create(database=target.database, schema=target.schema ~ '_intermediate', identifier='build_stamps', type='table')) }}
{% endmacro %}

{# What decides whether the model of this context has to be made: a mapping of
     found    its row of build_stamps (stamp, rules, inputs), each none if it has none
     rules    what its rows would be made by now
     inputs   the stamps of what they would be made from now; none if one is unknown
     is_kept  whether both are as found
   `versioned` are the inputs that a delta compares unit by unit: their stamps do not count as rules, but what they are made by does. #}
{% macro model_stamps(sql, versioned=none) %}
    {%- set reads = _looked_through(model.depends_on.nodes) -%}
    {%- for name in config.get('earlier', []) -%}
        {%- set node_id = 'model.' ~ project_name ~ '.' ~ name -%}
        {%- do reads.append({'node_id': node_id, 'of': node_id, 'is_view': false, 'is_hashed': true}) -%}
    {%- endfor -%}
    {%- set queries = [
        'select relation, stamp, rules, inputs from ' ~ build_stamps(),
        "select 'engine', " ~ engine_version() ~ ", '', ''",
    ] -%}
    {%- set hashed = [] -%}
    {%- for read in reads if read.is_hashed and read.node_id not in hashed -%}
        {%- set relation = load_cached_relation(_relation_of(graph.nodes[read.node_id])) -%}
        {%- if relation is not none -%}
            {%- do hashed.append(read.node_id) -%}
            {%- do queries.append(
                "select 'hashed " ~ read.node_id ~ "', " ~ content_hash('looked_up') ~ " || '" ~ _columns_of(relation) ~ "', '', '' from (select * from " ~ relation
                ~ ') as looked_up'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set relations = {} -%}
    {%- for row in run_query(queries | join(' union all ')).rows -%}
        {%- do relations.update({row[0]: {'stamp': row[1], 'rules': row[2], 'inputs': row[3]}}) -%}
    {%- endfor -%}

    {%- set rules = [
        sql, relations['engine'].stamp, config.get('materialized'), config.get('indexes', []) | string, config.get('key', '') | string, config.get('version', ''),
        config.get('adds_up', ''), config.get('rows_key', '') | string, config.get('unit_columns', '') | string,
    ] -%}
    {%- for name in (config.get('step'), config.get('affected')) if name -%}
        {%- do rules.append(context[name](this)) -%}
    {%- endfor -%}
    {%- if config.get('contract').enforced -%}
        {%- for column in model.columns.values() -%}
            {%- do rules.append(column.name ~ ' ' ~ column.data_type ~ ' ' ~ column.constraints) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set inputs = [] -%}
    {%- set unknown = [] -%}
    {%- for read in reads -%}
        {%- set node = graph.nodes.get(read.node_id) -%}
        {%- set stamped = _stamp_found(relations, read, node) -%}
        {%- set is_versioned = versioned is none or read.of.split('.')[2] in versioned -%}
        {%- if stamped is none -%}
            {%- do unknown.append(read.node_id) -%}
            {#- what is looked things up in and is not known may be another each time -#}
            {%- if not is_versioned -%}
                {%- do rules.append(invocation_id) -%}
            {%- endif -%}
        {%- elif read.is_view -%}
            {%- do rules.append(read.node_id ~ ' ' ~ stamped.rules) -%}
        {%- elif not is_versioned -%}
            {%- do rules.append(read.node_id ~ ' ' ~ stamped.stamp) -%}
        {%- else -%}
            {%- do inputs.append(read.node_id ~ ' ' ~ stamped.stamp) -%}
            {%- if versioned is not none and read.node_id == read.of -%}
                {%- do rules.append(read.node_id ~ ' ' ~ stamped.rules) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set own = relations.get(_stamp_name(this), {}) -%}
    {%- set result = {
        'found': own,
        'rules': local_md5(rules | join(' ')),
        'inputs': none if unknown else local_md5(inputs | join(' ')),
    } -%}
    {%- do result.update({
        'is_kept': own.get('rules') == result.rules and result.inputs is not none and own.get('inputs') == result.inputs
            and not should_full_refresh() and load_cached_relation(this) is not none
    }) -%}
    {{ return(result) }}
{% endmacro %}

{# What is read where these nodes are: the nodes themselves, and behind each view what that reads, however deep. `of` is the node through which it is read. #}
{% macro _looked_through(node_ids, of=none) %}
    {%- set reads = [] -%}
    {%- for node_id in node_ids | sort -%}
        {%- set node = graph.nodes.get(node_id) -%}
        {%- set is_view = node is not none and node.resource_type == 'model' and node.config.materialized in ('view', 'ephemeral') -%}
        {%- do reads.append({'node_id': node_id, 'of': of or node_id, 'is_view': is_view, 'is_hashed': node_id.startswith('seed.')}) -%}
        {%- if is_view -%}
            {%- do reads.extend(_looked_through(node.depends_on.nodes, of or node_id)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(reads) }}
{% endmacro %}

{# The row of build_stamps of a node, none if it has none that speaks of it: what was made by another materialization is not known. #}
{% macro _stamp_found(relations, read, node) %}
    {%- if read.is_hashed -%}
        {{ return(relations.get('hashed ' ~ read.node_id)) }}
    {%- endif -%}
    {%- set stamped = relations.get(_stamp_name(_relation_of(node))) if node else none -%}
    {%- if stamped is none or (stamped.stamp == '') != read.is_view or (not read.is_view and node.config.materialized not in ('kept', 'delta', 'ledger')) -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(stamped) }}
{% endmacro %}

{# The names and types of a relation's columns, as one text: its content may be the same and mean something else. #}
{% macro _columns_of(relation) %}
    {%- set columns = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do columns.append(column.name ~ ' ' ~ column.data_type) -%}
    {%- endfor -%}
    {{ return(' ' ~ local_md5(columns | join(', '))) }}
{% endmacro %}

{# The statements that note what the model of this context is made from; `stamp` is an expression. To be run in the transaction that makes it so. #}
{% macro note_stamp(stamps, stamp) -%}
delete from {{ build_stamps() }} where relation = '{{ _stamp_name(this) }}';
insert into {{ build_stamps() }} (relation, stamp, rules, inputs)
select
    '{{ _stamp_name(this) }}',
    {{ stamp }},
    '{{ stamps.rules }}',
    {{ 'null' if stamps.inputs is none else "'" ~ stamps.inputs ~ "'" }}
{%- endmacro %}

{# The stamp of a table whose rows are those of `relation`: of the same rows, the same stamp, so that what is made from it is left alone. #}
{% macro stamp_of_content(relation) -%}
(select {{ content_hash('made') }} || '{{ _columns_of(relation) }}' from (select * from {{ relation }}) as made)
{%- endmacro %}

{# A stamp that nothing has had before. #}
{% macro new_stamp() %}'{{ invocation_id }}'{% endmacro %}

{# Run after a view is made: its rules are its SQL. #}
{% macro note_view() %}
    {%- if execute and keeps_stamps() and config.get('materialized') == 'view' -%}
        {{ note_stamp({'rules': local_md5(sql), 'inputs': none}, "''") }}
    {%- endif -%}
{% endmacro %}

{# Run after a table that holds a state, in the same transaction: people may restore it from a backup, so that its content alone tells. #}
{% macro note_state() %}
    {%- if execute and keeps_stamps() -%}
        {{ note_stamp({'rules': '', 'inputs': none}, stamp_of_content(this)) }}
    {%- endif -%}
{% endmacro %}

{% macro _relation_of(node) %}
    {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) }}
{% endmacro %}

{% macro _stamp_name(relation) %}{{ return(relation.schema ~ '.' ~ relation.identifier) }}{% endmacro %}
