{#- One row per distinct delivered name, whole or in parts. Parts rule; the whole name fills what they leave out. -#}
{%- set nickname = '\\([^)]*\\)|"[^"]*"|[“„][^”“]*[”“]' -%}
{%- set title, suffix, letters, affix_only = name_title_pattern(), name_suffix_pattern(), name_letters_pattern(), name_affix_only_pattern() -%}
{{ config(materialized='delta', key='name_id', version='0', adds_up=true) }}

with delivered_records as (

    select * from {{ ref('int_delivered_records') }}

),

placeholders as (

    select * from {{ ref('placeholders') }}
    where attribute = 'name'

),

distinct_names as (

    select
        name_id,
        max(full_name) as full_name,
        max(first_name) as first_name,
        max(middle_name) as middle_name,
        max(last_name) as last_name
    from delivered_records
    where coalesce(full_name, first_name, middle_name, last_name) is not null and {{ changed('int_delivered_records', 'name_id') }}
    group by name_id

),

-- a nickname in quotes or parentheses goes, a suffix in parentheses stays
squashed as (

    select
        name_id,
        {% for column in ['full_name', 'first_name', 'last_name'] -%}
        {%- set with_plain_suffix = regexp_replace(column, '(?i)\\((jr|sr|ii|iii|iv)\\.?\\)', ' \\1') %}
        {{ squash_text(regexp_replace(with_plain_suffix, nickname, ' ')) }} as {{ column }},
        {% endfor -%}
        {{ squash_text('middle_name') }} as middle_name
    from distinct_names
    where greatest(length(full_name), length(first_name), length(middle_name), length(last_name)) <= 200

),

-- titles and letters are taken off, unless nothing else is there
stripped as (

    select
        name_id,
        {% for column in ['full_name', 'first_name', 'last_name'] -%}
        coalesce(
            nullif({{ regexp_replace_first(regexp_replace_first(column, letters, ''), title, '') }}, ''),
            {{ column }}
        ) as {{ column }},
        {% endfor -%}
        middle_name
    from squashed

),

-- a part that is no more than a title ("Sir" as a first name) gives way to the whole name, if that has more to tell
bare as (

    select
        name_id,
        full_name,
        middle_name,
        {% for column in ['first_name', 'last_name'] -%}
        case
            when {{ regexp_matches(column, affix_only) }} and full_name is not null and not {{ regexp_matches('full_name', affix_only) }} then null
            else {{ column }}
        end as {{ column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from stripped

),

suffixes as (

    select
        name_id,
        middle_name,
        {%- for column in ['full_name', 'first_name', 'last_name'] %}
        {{ regexp_replace_first(column, suffix, '') }} as {{ column }},
        {%- endfor %}
        coalesce(
            {%- for column in ['last_name', 'first_name', 'full_name'] %}
            {{ canonical_suffix(regexp_extract(column, suffix)) }}{{ ',' if not loop.last }}
            {%- endfor %}
        ) as name_suffix
    from bare

),

-- the whole name's parts: "Last, First Middle", or the surname from its first particle on, or the last word; a single word is a first name
whole_names as (

    select
        *,
        case when full_name like '%,%' then nullif(trim(split_part(full_name, ',', 1)), '') end as name_before_comma,
        case when full_name like '%,%' then nullif(trim(substr(full_name, length(split_part(full_name, ',', 1)) + 2)), '') end as name_after_comma,
        {{ regexp_extract('full_name', name_particle_pattern()) }} as name_from_particle,
        {{ regexp_extract('full_name', ' ([^ ]+)$') }} as last_word
    from suffixes

),

split_names as (

    select
        *,
        case
            when full_name like '%,%' then name_before_comma
            else coalesce(name_from_particle, last_word)
        end as whole_last_name,
        case
            when full_name like '%,%' then name_after_comma
            when coalesce(name_from_particle, last_word) is null then full_name
            else trim(left(full_name, length(full_name) - length(coalesce(name_from_particle, last_word))))
        end as whole_given_names
    from whole_names

),

parts as (

    select
        name_id,
        full_name,
        name_suffix,
        coalesce(first_name, case when last_name is null or whole_last_name is not null then split_part(whole_given_names, ' ', 1) end) as first_name,
        coalesce(
            middle_name,
            case
                when first_name is null and whole_given_names like '% %' then substr(whole_given_names, length(split_part(whole_given_names, ' ', 1)) + 2)
            end
        ) as middle_name,
        coalesce(last_name, whole_last_name) as last_name
    from split_names

),

keyed as (

    select
        *,
        {{ fold_name('first_name') }} as first_name_key,
        {{ fold_name('middle_name') }} as middle_name_key,
        {{ fold_name('last_name') }} as last_name_key
    from parts

),

checked as (

    select
        keyed.*,
        first_placeholders.value is not null as is_first_placeholder,
        last_placeholders.value is not null as is_last_placeholder
    from keyed
    left join placeholders as first_placeholders on keyed.first_name_key = first_placeholders.value
    left join placeholders as last_placeholders on keyed.last_name_key = last_placeholders.value

),

usable as (

    select
        name_id,
        case when not is_first_placeholder then {{ display_name('first_name') }} end as first_name,
        case when not is_first_placeholder and not is_last_placeholder then {{ display_name('middle_name') }} end as middle_name,
        case when not is_last_placeholder then {{ display_name('last_name') }} end as last_name,
        name_suffix,
        case when not is_first_placeholder then first_name_key end as first_name_key,
        case when not is_first_placeholder and not is_last_placeholder then middle_name_key end as middle_name_key,
        case when not is_last_placeholder then last_name_key end as last_name_key,
        is_first_placeholder or is_last_placeholder as has_placeholder
    from checked

),

final as (

    select
        distinct_names.name_id,
        case when usable.first_name_key is not null then usable.first_name end as first_name,
        case when usable.middle_name_key is not null then usable.middle_name end as middle_name,
        case when usable.last_name_key is not null then usable.last_name end as last_name,
        usable.name_suffix,
        usable.first_name_key,
        usable.middle_name_key,
        usable.last_name_key,
        case
            when usable.has_placeholder then 'placeholder_name'
            when coalesce(usable.first_name_key, usable.last_name_key) is null then 'invalid_name'
        end as name_problem
    from distinct_names
    left join usable on distinct_names.name_id = usable.name_id

)

select * from final
