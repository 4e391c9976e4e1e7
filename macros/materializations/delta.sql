{# Materialization for models whose rows belong to units (a record, a pair, a customer) that can each be worked out alone. A build works out the units that are
   new or have changed since the model last saw them, and removes those that have gone; all others cost one join of two numbers.

   Config
     key      the column, or list of columns, of the model that name its unit
     version  the column of the model that lists the units (see below) that differs when anything differs that the unit's rows are made of (default row_version)
     adds_up  that list has several rows of a unit, whose versions add up
     inputs   models whose content the versions stand for, beside that one. Whatever else the model reads (seeds, small tables) is looked at as a whole: if it
              has changed, everything is worked out anew. So it is when the model's own SQL has changed, a var or macro in it, or the engine's version.

     unit_columns  where a row is of several units, as a pair is of two records: the columns of the model that each name one (in place of key)
     step     a macro that works the rows out in rounds (see the materialization kept), from those to be worked out alone
     affected a macro that gets the relation of changed units (key and version, null for those that have gone) and returns the query of the rows' units that
              have to be worked out anew for them, by the columns of `rows_key`, for a model whose rows are of another unit than its input: the block of a
              record, not the record

   The model's SQL is that of a full build. Where it says {{ changed('units', 'column', …) }}, only the units that are to be worked out pass: those of the
   columns, which stand for the columns of key. `units` is the model that lists all units, with the columns of key and a version. It must say so where its rows
   come in.

   What a model has seen stands in `<model>__units`, which is written in one transaction with the model: after a crash the next build finds by itself what
   is missing. In a run of a selection, an input that is left out must have seen what there is; if not, the run stops. #}
{% materialization delta, default %}
    {%- set key = config.require('key') -%}
    {%- set key = [key] if key is string else key -%}
    {%- set columns = key | join(', ') -%}
    {%- set units_model = _units_model(sql) -%}
    {%- set step = context[config.get('step')] if config.get('step') else none -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set seen = _side_table(this, 'units') -%}
    {%- set new_seen = _side_table(this, 'units_new') -%}
    {%- set new_rows = _side_table(this, 'new') -%}
    {%- set changes = _side_table(this, 'changed') -%}
    {%- set stale = _side_table(this, 'stale') if config.get('affected') else changes -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set inputs = [units_model] + config.get('inputs', []) -%}
    {%- set stamps = model_stamps(sql, inputs) -%}
    {%- set current = _current_units(ref(units_model), key, config.get('version', 'row_version'), config.get('adds_up')) -%}
    {%- set found = namespace(is_full=not stamps.is_kept, changed=0, gone=0, units=0, rows=none) -%}

    {% if not stamps.is_kept %}
        {% do _check_inputs_not_behind(inputs) %}
        {# what a killed run has left behind #}
        {% do drop_tables(changes, new_rows, new_seen, stale) %}
        {% if stamps.found.get('rules') == stamps.rules and existing_relation is not none and load_cached_relation(seen) is not none and not should_full_refresh() %}
            {# a unit that has gone has no version; both sides are counted in one pass #}
            {% do run_query('create table ' ~ changes ~ ' as ' ~ _changed_units(current, seen, key)) %}
            {%- set counts = run_query(
                'select count(version), count(*) - count(version), (select count(*) from ' ~ seen ~ ') from ' ~ changes
            ).rows[0] -%}
            {%- set found.changed = counts[0] | int -%}
            {%- set found.gone = counts[1] | int -%}
            {%- set found.units = (counts[2] | int) -%}
            {# where much has changed, a table made anew is cheaper than one mended #}
            {%- set found.is_full = (found.changed + found.gone) * 3 > found.units -%}
        {% endif %}
    {% endif %}

    {% if found.is_full %}
        {%- set found.rows = run_rounds(sql, step) if step else new_rows -%}
        {% if not step %}
            {% do run_query(create_table_as(False, new_rows, sql)) %}
        {% endif %}
        {% do run_query('create table ' ~ new_seen ~ ' as ' ~ current) %}
        {% call statement('swap', auto_begin=True) %}
            drop table if exists {{ seen }};
            alter table {{ new_seen }} rename to {{ seen.identifier }};
            {{ note_stamp(stamps, new_stamp()) }}
        {% endcall %}
        {% do swap_tables(found.rows, target_relation, existing_relation) %}
        {%- set message = 'all anew' ~ (', ' ~ '{:,}'.format(found.changed + found.gone) ~ ' changes on ' ~ '{:,}'.format(found.units) if found.units else '') -%}
    {% elif found.changed + found.gone > 0 %}
        {%- set rows_key = config.get('rows_key', key) -%}
        {% if config.get('affected') %}
            {% do run_query('create table ' ~ stale ~ ' as ' ~ context[config.get('affected')](changes)) %}
        {% endif %}
        {%- set anew = _only_changed(sql, rows_key, stale) -%}
        {%- set found.rows = run_rounds(anew, step) if step else '(' ~ anew ~ ')' -%}
        {%- set row_columns = adapter.get_columns_in_relation(target_relation) | map(attribute='quoted') | join(', ') -%}
        {% call statement('mend', auto_begin=True) %}
            delete from {{ target_relation }}
            where {% for row_columns in config.get('unit_columns', [rows_key | join(', ')]) %}({{ row_columns }}) in (select {{ rows_key | join(', ') }} from {{ stale }}){{ ' or ' if not loop.last }}{% endfor %};
            insert into {{ target_relation }} ({{ row_columns }})
            select {{ row_columns }} from {{ found.rows }} as anew;
            delete from {{ seen }} where ({{ columns }}) in (select {{ columns }} from {{ changes }});
            insert into {{ seen }} select {{ columns }}, version from {{ changes }} where version is not null;
            {{ note_stamp(stamps, new_stamp()) }}
        {% endcall %}
        {% if step %}
            {% do drop_tables(found.rows) %}
        {% endif %}
        {# statistics hold while few rows change #}
        {% if (found.changed + found.gone) * 10 > found.units %}
            {% do analyse_table(target_relation) %}
        {% endif %}
        {%- set message = '{:,}'.format(found.changed) ~ ' anew, ' ~ '{:,}'.format(found.gone) ~ ' gone, of ' ~ '{:,}'.format(found.units) -%}
    {% else %}
        {%- set message = 'nothing new' -%}
        {# there has to be a transaction that the commit below ends #}
        {% call statement('nothing', auto_begin=True) %}{{ 'select 1' if stamps.is_kept else note_stamp(stamps, "'" ~ stamps.found.stamp ~ "'") }}{% endcall %}
    {% endif %}
    {% call noop_statement('main', message, 'DELTA', found.changed) %}{{ sql }}{% endcall %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=found.is_full)) %}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}
    {% if not stamps.is_kept %}
        {% do drop_tables(changes, stale) %}
    {% endif %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# In a model that is a delta: whether a row is of a unit to be worked out, by columns that stand for those of the model's key, in their order. It is true in
   a full build, in a unit test and wherever the SQL is only looked at. `units` is the model that lists the units. #}
{% macro changed(units) -%}
{%- if model.resource_type == 'model' -%}
    {%- do ref(units) -%}
{%- endif -%}
true /* changed in {{ units }}: {{ varargs | join(', ') }} */
{%- endmacro %}

{# The model that lists the units of a delta. #}
{% macro _units_model(sql) %}
    {%- set marks = sql.split('true /* changed in ') -%}
    {%- if marks | length == 1 -%}
        {%- do exceptions.raise_compiler_error(model.name ~ ': a delta that nowhere says changed()') -%}
    {%- endif -%}
    {{ return(marks[1].split(':')[0]) }}
{% endmacro %}

{# The SQL of a model with its marks of `changed` put into effect. #}
{% macro _only_changed(sql, key, changes) -%}
    {%- set parts = sql.split('true /* changed in ') -%}
    {%- set result = [parts[0]] -%}
    {%- for part in parts[1:] -%}
        {%- set mark = part.split(' */')[0] -%}
        {%- do result.append(
            '(' ~ mark.split(': ')[1] ~ ') in (select ' ~ key | join(', ') ~ ' from ' ~ changes ~ ')' ~ part[mark | length + 3:]
        ) -%}
    {%- endfor -%}
    {{ return(result | join('')) }}
{%- endmacro %}

{# Units that are new, have another version or have gone (version null). #}
{% macro _changed_units(current, seen, key) -%}
select
    {%- for column in key %}
    coalesce(units.{{ column }}, seen.{{ column }}) as {{ column }},
    {%- endfor %}
    units.version
from (

    {{ current }}

) as units
full outer join {{ seen }} as seen
    on {% for column in key %}units.{{ column }} = seen.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}
where units.version is distinct from seen.version
{%- endmacro %}

{# An input that is not part of this run must have seen what there is now: else rows would be worked out from what it was, and count as done. #}
{% macro _check_inputs_not_behind(inputs) %}
    {%- for node_id in model.depends_on.nodes if node_id.split('.')[2] in inputs and node_id not in selected_resources -%}
        {%- set node = graph.nodes[node_id] -%}
        {%- if node.config.materialized == 'delta' -%}
            {%- do _check_not_behind(ref(node.name), node, _side_table(ref(node.name), 'units')) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{% macro _check_not_behind(relation, node, seen) %}
    {%- set key = [node.config.key] if node.config.key is string else node.config.key -%}
    {%- set units_model = modules.re.search("changed\\('(\\w+)'", node.raw_code).group(1) -%}
    {%- set units_node = graph.nodes['model.identity_resolution.' ~ units_model] -%}
    {%- set units_relation = api.Relation.create(database=units_node.database, schema=units_node.schema, identifier=units_node.alias) -%}
    {%- if load_relation(units_relation) is not none and load_relation(seen) is not none -%}
        {%- set current = _current_units(units_relation, key, node.config.get('version') or 'row_version', node.config.get('adds_up')) -%}
        {%- set behind = run_query('select count(*) from (' ~ _changed_units(current, seen, key) ~ ') as behind').columns[0].values()[0] | int -%}
        {%- if behind -%}
            {%- do exceptions.raise_compiler_error(
                relation.identifier ~ ' has not seen ' ~ '{:,}'.format(behind) ~ ' changes that ' ~ this.identifier
                ~ ' would need: build it too (dbt build, or --select +' ~ this.identifier ~ ')'
            ) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{# The units there are now, each with its version. #}
{% macro _current_units(relation, key, version, adds_up) -%}
select
    {{ key | join(', ') }},
    {{ key_hash(['sum(' ~ version ~ ')']) if adds_up else 'cast(' ~ version ~ ' as bigint)' }} as version
from {{ relation }}
{{ 'group by ' ~ key | join(', ') if adds_up }}
{%- endmacro %}

{% macro _side_table(relation, suffix) %}
    {{ return(api.Relation.create(database=relation.database, schema=relation.schema, identifier=relation.identifier ~ '__' ~ suffix, type='table')) }}
{% endmacro %}
