{#- One row per record × blocking rule × alternative: the key of its block, and the keys of ever smaller parts of that block. A part's key is null where a
    column that would divide the block is missing: such a record cannot be placed in a part. -#}
with features as (

    select * from {{ ref('int_record_features') }}

)
{%- set depth = blocking_refinements() %}

{%- for rule in var('blocking_rules') %}
{%- set rule_number = loop.index %}
{%- for keys in rule.get('alternatives', [rule.get('keys')]) %}

{% if not (loop.first and rule_number == 1) %}union all{% else %},

keys as ({% endif %}

select
    record_id,
    {{ rule_number }} as rule_number,
    {{ key_hash(keys) }} as block_key_0
    {%- for level in range(depth) %},
    {% if level < rule.get('refine_by', []) | length -%}
    {%- set columns = rule.refine_by[:level + 1] -%}
    case when {% for column in columns %}{{ column }} is not null{{ ' and ' if not loop.last }}{% endfor %} then {{ key_hash(keys + columns) }} end as block_key_{{ level + 1 }}
    {%- else -%}
    cast(null as bigint) as block_key_{{ level + 1 }}
    {%- endif %}
    {%- endfor %}
from features
where {% for key in keys %}{{ key }} is not null{{ ' and ' if not loop.last }}{% endfor %}

{%- endfor %}
{%- endfor %}

)

select * from keys
