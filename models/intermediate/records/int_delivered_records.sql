{#- One row per row of the identity sources. Text is trimmed, empty text is null. With a number for each copy of one id, the most recent first. -#}
{{ config(materialized='delta', key='record_id', adds_up=true) }}

with united_records as (

    select * from {{ ref('int_united_records') }}
    where {{ changed('int_united_records', 'record_id') }}

),

delivered as (

    select
        {%- for column in record_contract() %}
        nullif(trim({{ column }}), '') as {{ column }},
        {%- endfor %}
        record_id,
        row_version,
        staging_model,
        default_country,
        date_order
    from united_records

),

country_names as (

    select * from {{ ref('country_names') }}

),

-- a missing id is one id here: the rows without are numbered too, so that each can be told from the others
repeated_ids as (

    select
        coalesce(source_system, '') as source_system,
        coalesce(source_record_id, '') as source_record_id
    from delivered
    group by coalesce(source_system, ''), coalesce(source_record_id, '')
    having count(*) > 1

),

copies as (

    select
        delivered.*,
        row_number() over (
            partition by repeated_ids.source_system, repeated_ids.source_record_id
            order by
                {{ try_cast_timestamp('delivered.updated_at') }} desc nulls last,
                {% for column in record_contract()[2:] + ['staging_model'] -%}
                {{ text_order('delivered.' ~ column) }} nulls last{% if not loop.last %},{% endif %}
                {% endfor %}
        ) as copy_number
    from delivered
    inner join repeated_ids
        on
            coalesce(delivered.source_system, '') = repeated_ids.source_system
            and coalesce(delivered.source_record_id, '') = repeated_ids.source_record_id

),

numbered as (

    select * from copies
    union all
    select
        delivered.*,
        1 as copy_number
    from delivered
    left join repeated_ids
        on
            coalesce(delivered.source_system, '') = repeated_ids.source_system
            and coalesce(delivered.source_record_id, '') = repeated_ids.source_record_id
    where repeated_ids.source_system is null

),

located as (

    select
        numbered.*,
        coalesce(country_names.country_code, numbered.default_country) as country_code,
        country_names.country_code is null as is_country_assumed
    from numbered
    left join country_names on {{ fold_name('numbered.country') }} = country_names.country_name

),

final as (

    select
        *,
        {{ key_hash(['full_name', 'first_name', 'middle_name', 'last_name']) }} as name_id,
        {{ key_hash(['date_of_birth', 'date_order']) }} as birth_date_id,
        {{ key_hash(['email']) }} as email_id,
        {{ key_hash(['phone', 'country_code', 'is_country_assumed']) }} as phone_id,
        {{ key_hash(['street', 'city', 'state', 'postal_code', 'country_code', 'is_country_assumed']) }} as address_id
    from located

)

select * from final
