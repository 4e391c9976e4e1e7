{#- One row per record × blocking rule × alternative that has a block to be compared in, and one per record of a block above the cap that was left without:
    for it stays above the cap (block_size null), or for the record is alone in its part (block_size 1). -#}
{%- set depth = blocking_refinements() -%}
{{ config(
    materialized='delta',
    key='record_id',
    version='blocking_version',
    inputs=['int_blocking_keys'],
    affected='blocks_of_records',
    rows_key=['rule_number', 'block_key_0'],
) }}

with keys as (

    select * from {{ ref('int_blocking_keys') }}
    where {{ changed('int_record_features', 'rule_number', 'block_key_0') }}

),

{% for level in range(depth + 1) -%}
{%- set rows = 'keys' if level == 0 else 'rest_' ~ (level - 1) -%}
sizes_{{ level }} as (

    select
        rule_number,
        block_key_{{ level }},
        count(*) as block_size
    from {{ rows }}
    where block_key_{{ level }} is not null
    group by rule_number, block_key_{{ level }}
    having count(*) > 1

),

rest_{{ level }} as (

    select rest.*
    from {{ rows }} as rest
    {{ 'inner' if level == 0 else 'left' }} join sizes_{{ level }} as sizes
        on rest.rule_number = sizes.rule_number and rest.block_key_{{ level }} = sizes.block_key_{{ level }}
    where sizes.block_size > {{ var('max_block_size') }}{{ ' or rest.block_key_' ~ level ~ ' is null' if level > 0 }}

),

{% endfor -%}
placed as (

    {% for level in range(depth + 1) -%}
    {%- set rows = 'keys' if level == 0 else 'rest_' ~ (level - 1) -%}
    select
        rows.record_id,
        rows.rule_number,
        rows.block_key_0,
        rows.block_key_{{ level }} as block_key,
        sizes.block_size,
        true as is_compared
    from {{ rows }} as rows
    inner join sizes_{{ level }} as sizes
        on rows.rule_number = sizes.rule_number and rows.block_key_{{ level }} = sizes.block_key_{{ level }}
    where sizes.block_size <= {{ var('max_block_size') }}
    union all
    {% if level > 0 -%}
    select
        rows.record_id,
        rows.rule_number,
        rows.block_key_0,
        rows.block_key_{{ level }} as block_key,
        1 as block_size,
        false as is_compared
    from {{ rows }} as rows
    left join sizes_{{ level }} as sizes
        on rows.rule_number = sizes.rule_number and rows.block_key_{{ level }} = sizes.block_key_{{ level }}
    where sizes.block_size is null and rows.block_key_{{ level }} is not null
    union all
    {% endif -%}
    {% endfor -%}
    select
        record_id,
        rule_number,
        block_key_0,
        block_key_0 as block_key,
        null as block_size,
        false as is_compared
    from rest_{{ depth }}

)

select * from placed
