{#- One row per customer and column of the golden record for which a record says something else: these records, best first, with what each says and which
    strategy it lost by, as JSON. -#}
{{ config(materialized='delta', key='customer_number', inputs=['int_ranked_values', 'int_source_records']) }}

with ranked_values as (

    select * from {{ ref('int_ranked_values') }}
    where {{ changed('int_customer_versions', 'customer_number') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

losers as (

    select
        ranked_values.customer_number,
        ranked_values.attribute,
        ranked_values.record_id,
        ranked_values.value,
        ranked_values.preference,
        ranked_values.lost_by,
        source_records.record_key,
        {% for golden in golden_columns(is_whole=true) -%}
        source_records.{{ golden.column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from ranked_values
    inner join source_records on ranked_values.record_id = source_records.record_id
    where ranked_values.lost_by is not null

),

-- an attribute of several columns has won or lost as a whole
winners as (

    select
        ranked_values.customer_number,
        ranked_values.attribute,
        {% for golden in golden_columns(is_whole=true) -%}
        source_records.{{ golden.column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from ranked_values
    inner join source_records on ranked_values.record_id = source_records.record_id
    where ranked_values.preference = 1

),

-- and each of its columns shows what it would hold
column_losers as (

    {% for golden in golden_columns(is_whole=true) -%}
    select
        losers.customer_number,
        '{{ golden.column }}' as attribute,
        losers.record_key,
        losers.{{ golden.column }} as value,
        losers.preference,
        losers.lost_by
    from losers
    inner join winners on losers.customer_number = winners.customer_number and losers.attribute = winners.attribute
    where losers.attribute = '{{ golden.attribute }}' and losers.{{ golden.column }} is distinct from winners.{{ golden.column }}
    union all
    {% endfor -%}
    select
        customer_number,
        attribute,
        record_key,
        value,
        preference,
        lost_by
    from losers
    where attribute in ({{ text_list(golden_columns(is_whole=false) | map(attribute='attribute')) }})

),

entries as (

    select
        customer_number,
        attribute,
        preference,
        '{"record_key":' || {{ json_text('record_key') }}
        || ',"value":' || coalesce({{ json_text('value') }}, 'null')
        || ',"lost_by":' || {{ json_text('lost_by') }} || '}' as entry
    from column_losers

),

final as (

    select
        customer_number,
        attribute,
        '[' || {{ ordered_text_list('entry', ',', 'preference') }} || ']' as losing_values
    from entries
    group by customer_number, attribute

)

select * from final
