{#- One row per record × blocking rule × alternative: the key of its block, and the keys of ever smaller parts of that block. A part's key is null where a
    column that would divide the block is missing: such a record cannot be placed in a part. An alternative that gives a record the key it has already is
    left out. -#}
{%- set depth = blocking_refinements() -%}
{{ config(materialized='delta', key='record_id', version='blocking_version') }}

with features as (

    select * from {{ ref('int_record_features') }}
    where {{ changed('int_record_features', 'record_id') }}

),

keys as (

    {% for rule in var('blocking_rules') -%}
    {%- set rule_loop = loop -%}
    {%- set refine_by = rule.get('refine_by', []) -%}
    {%- set alternatives = rule.get('alternatives', [rule.get('keys')]) -%}
    {%- for keys in alternatives -%}
    select
        record_id,
        {{ key_hash(keys) }} as block_key_0,
        {% for level in range(1, depth + 1) -%}
        {% set columns = refine_by[:level] -%}
        {% if columns | length == level -%}
        case when {{ columns | join(' is not null and ') }} is not null then {{ key_hash(keys + columns) }} end as block_key_{{ level }},
        {% else -%}
        cast(null as bigint) as block_key_{{ level }},
        {% endif -%}
        {% endfor -%}
        {{ rule_loop.index }} as rule_number
    from features
    where
        {{ keys | join(' is not null and ') }} is not null
        {%- for earlier in alternatives[:loop.index0] %}
        and not coalesce({{ key_hash(keys) }} = case when {{ earlier | join(' is not null and ') }} is not null then {{ key_hash(earlier) }} end, false)
        {%- endfor %}
    {{ 'union all' if not (loop.last and rule_loop.last) }}
    {% endfor -%}
    {%- endfor %}
)

select * from keys
