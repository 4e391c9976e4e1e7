{#- One row per distinct delivered address and country. The street's key is house number, then the words of the street, abbreviated, whichever way round they
    were delivered; a unit ("Apt 4", "#12", "5/12 High St") has a key of its own; what follows a comma is a building or a suburb. -#}
{%- set unit_word = '(?:apartment|apt|unit|suite|ste|flat|room|rm|wohnung|whg|appartement|appart|app|piso|lot|#)' -%}
{{ config(materialized='delta', key='address_id', version='0', adds_up=true) }}

with delivered_records as (

    select * from {{ ref('int_delivered_records') }}

),

placeholders as (

    select * from {{ ref('placeholders') }}

),

states as (

    select * from {{ ref('states') }}

),

street_words as (

    select * from {{ ref('street_words') }}

),

postal_code_shapes as (

    select * from {{ ref('postal_code_shapes') }}

),

distinct_addresses as (

    select
        address_id,
        country_code,
        is_country_assumed,
        max(street) as street,
        max(city) as city,
        max(state) as state,
        max(postal_code) as postal_code
    from delivered_records
    where coalesce(street, city, state, postal_code) is not null and {{ changed('int_delivered_records', 'address_id') }}
    group by address_id, country_code, is_country_assumed

),

squashed as (

    select
        address_id,
        country_code,
        is_country_assumed,
        case when length(street) <= 300 then {{ squash_text('street') }} end as street,
        case when length(city) <= 200 then {{ squash_text('city') }} end as city,
        case when length(state) <= 200 then {{ squash_text('state') }} end as state,
        case when length(postal_code) <= 40 then {{ squash_text('postal_code') }} end as postal_code
    from distinct_addresses

),

units as (

    select
        *,
        {{ lower_text('street') }} as street_text,
        coalesce(
            {{ regexp_extract(lower_text('street'), '(?:^|[ ,])' ~ unit_word ~ '[. ]*#? *([0-9]+ ?[a-z]?|[a-z])(?:$|[ ,/])') }},
            {{ regexp_extract(lower_text('street'), '^([0-9]+[a-z]?)/[0-9]+[a-z]? ') }}
        ) as unit_text
    from squashed

),

without_units as (

    select
        *,
        trim({{ regexp_replace_first(
            regexp_replace_first('street_text', '(^|[ ,]+)' ~ unit_word ~ '[. ]*#? *([0-9]+ ?[a-z]?|[a-z])($|[ ,/])', '\\3'),
            '^[0-9]+[a-z]?/([0-9]+[a-z]? )', '\\1'
        ) }}) as street_line
    from units

),

-- "12, Rue de la Paix" keeps both parts, "89 Jalanga Crescent, Grangemore" the first
first_parts as (

    select
        *,
        case
            when {{ regexp_matches('street_line', '^[0-9]+ ?[a-z]?,') }} then replace(street_line, ',', ' ')
            else split_part(trim(leading ' ,/' from street_line), ',', 1)
        end as street_part
    from without_units

),

numbered as (

    select
        *,
        replace(
            coalesce(
                {{ regexp_extract('street_part', '^ *([0-9]+ ?[a-z]?)(?:[- ]|$)') }},
                {{ regexp_extract('street_part', ' ([0-9]+ ?[a-z]?)(?:-[0-9]+)?$') }}
            ),
            ' ', ''
        ) as house_number,
        {{ regexp_replace_first(
            regexp_replace_first('street_part', '^ *[0-9]+( [a-z] |[a-z]? |-[0-9]+ )', ''),
            ' [0-9]+ ?[a-z]?(-[0-9]+)?$', ''
        ) }} as street_without_number
    from first_parts

),

named as (

    select
        *,
        {{ regexp_replace(
            regexp_replace(fold_name_with_digits('street_without_number'), '(strasse|straat|str)( |$)', 'str\\2'),
            '  +', ' '
        ) }} as street_name
    from numbered

),

split_names as (

    select
        *,
        case when street_name like '% %' then split_part(street_name, ' ', 1) end as first_word,
        {{ regexp_extract('street_name', '([^ ]+)$') }} as last_word,
        {{ regexp_extract('street_name', '^[^ ]+ (?:.* )?([^ ]+) [^ ]+$') }} as word_before
    from named

),

middles as (

    select
        *,
        case
            when word_before is not null
                then nullif(trim(substr(
                    street_name,
                    length(first_word) + 1,
                    length(street_name) - length(first_word) - length(word_before) - length(last_word) - 1
                )), '')
        end as middle_words
    from split_names

),

keyed as (

    select
        middles.address_id,
        middles.country_code,
        middles.is_country_assumed,
        middles.street,
        middles.city,
        middles.state,
        middles.postal_code,
        middles.unit_text,
        middles.house_number,
        concat_ws(
            ' ',
            middles.house_number,
            coalesce(first_words.abbreviation, middles.first_word),
            middles.middle_words,
            coalesce(words_before.abbreviation, middles.word_before),
            coalesce(last_words.abbreviation, middles.last_word)
        ) as street_key,
        {{ regexp_replace_first(fold_name_with_digits('middles.city'), '^saint ', 'st ') }} as city_key,
        {{ fold_name_with_digits('middles.state') }} as state_name,
        lower({{ regexp_replace('middles.postal_code', '[^0-9A-Za-z]', '') }}) as postal_code_text
    from middles
    left join street_words as first_words on middles.first_word = first_words.word
    left join street_words as words_before on middles.word_before = words_before.word
    left join street_words as last_words on middles.last_word = last_words.word

),

-- a code that lost its leading zero in a spreadsheet gets it back, where the country is known
postal_codes as (

    select
        *,
        case
            when not is_country_assumed and country_code in ('US', 'DE', 'FR', 'ES', 'IT') and {{ regexp_matches('postal_code_text', '^[0-9]{4}$') }}
                then '0' || postal_code_text
            else nullif(postal_code_text, '')
        end as postal_code_key
    from keyed

),

checked_countries as (

    select distinct country_code
    from postal_code_shapes

),

checked as (

    select
        postal_codes.*,
        checked_countries.country_code is not null as has_shapes,
        postal_code_shapes.shape is not null as is_possible
    from postal_codes
    left join checked_countries on postal_codes.country_code = checked_countries.country_code
    left join postal_code_shapes
        on
            postal_codes.country_code = postal_code_shapes.country_code
            and postal_code_shapes.shape
            = translate(postal_codes.postal_code_key, '0123456789abcdefghijklmnopqrstuvwxyz', '9999999999AAAAAAAAAAAAAAAAAAAAAAAAAA')

),

judged as (

    select
        *,
        not is_country_assumed and has_shapes and not is_possible and postal_code_key is not null as is_postal_code_invalid
    from checked

),

final as (

    select
        judged.address_id,
        case when street_placeholders.value is null and judged.street_key <> '' then {{ display_name('judged.street') }} end as street,
        {{ upper_text('judged.unit_text') }} as unit,
        case when city_placeholders.value is null and judged.city_key is not null then {{ display_name('judged.city') }} end as city,
        case
            when states_by_name.state_code is not null then states_by_name.state_code
            when length(judged.state) <= 3 then {{ upper_text('judged.state') }}
            else {{ display_name('judged.state') }}
        end as state,
        case
            when judged.is_postal_code_invalid then null
            when judged.postal_code_key = '0' || judged.postal_code_text then judged.postal_code_key
            else {{ upper_text('judged.postal_code') }}
        end as postal_code,
        case when street_placeholders.value is null then nullif(judged.street_key, '') end as street_key,
        judged.house_number,
        replace(judged.unit_text, ' ', '') as unit_key,
        case when city_placeholders.value is null then judged.city_key end as city_key,
        coalesce(lower(states_by_name.state_code), judged.state_name) as state_key,
        case
            when judged.is_postal_code_invalid then null
            when judged.country_code = 'US' and judged.is_possible then left(judged.postal_code_key, 5)
            else judged.postal_code_key
        end as postal_code_key,
        case when judged.is_postal_code_invalid then 'invalid_postal_code' end as address_problem
    from judged
    left join states as states_by_name on judged.country_code = states_by_name.country_code and judged.state_name = states_by_name.state_name
    left join placeholders as street_placeholders on judged.street_key = street_placeholders.value and street_placeholders.attribute = 'street'
    left join placeholders as city_placeholders on judged.city_key = city_placeholders.value and city_placeholders.attribute = 'city'

)

select * from final
