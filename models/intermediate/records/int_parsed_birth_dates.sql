{#- One row per distinct delivered birth date and date order. Years of two digits are read as 1930 to 2029. -#}
{%- set iso = '^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})$' -%}
{%- set compact = '^([0-9]{4})([0-9]{2})([0-9]{2})$' -%}
{%- set numeric = '^([0-9]{1,2})([-/. ])([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})$' -%}
{%- set day_first = '^([0-9]{1,2})(?:st|nd|rd|th)?[-. ]+([^-0-9., ]{3,})[-., ]+([0-9]{4}|[0-9]{2})$' -%}
{%- set month_first = '^([^-0-9., ]{3,})[-. ]+([0-9]{1,2})(?:st|nd|rd|th)?[-, ]+([0-9]{4}|[0-9]{2})$' -%}
{{ config(materialized='delta', key='birth_date_id', version='0', adds_up=true) }}

with delivered_records as (

    select * from {{ ref('int_delivered_records') }}

),

placeholders as (

    select * from {{ ref('placeholders') }}
    where attribute = 'date_of_birth'

),

distinct_dates as (

    select
        birth_date_id,
        date_order,
        max(date_of_birth) as date_of_birth
    from delivered_records
    where date_of_birth is not null and {{ changed('int_delivered_records', 'birth_date_id') }}
    group by birth_date_id, date_order

),

-- the time of day goes
texts as (

    select
        birth_date_id,
        date_order,
        case
            when length(date_of_birth) <= 40
                then {{ squash_text(regexp_replace_first(lower_text('date_of_birth'), '[t ]+[0-9]{1,2}:[0-9]{2}.*$', '')) }}
        end as birth_text
    from distinct_dates

),

numeric_parts as (

    select
        *,
        cast({{ regexp_extract('birth_text', numeric, 1) }} as integer) as one,
        {{ regexp_extract('birth_text', numeric, 2) }} as separator,
        cast({{ regexp_extract('birth_text', numeric, 3) }} as integer) as other
    from texts

),

-- a part above 12 is the day; full stops stand in dates that begin with the day; what is ambiguous then is the source's to say
ordered as (

    select
        *,
        case
            when one > 12 then 'dmy'
            when other > 12 then 'mdy'
            when separator = '.' then 'dmy'
            when date_order = 'dmy' then 'dmy'
            else 'mdy'
        end as numeric_order
    from numeric_parts

),

parts as (

    select
        birth_date_id,
        birth_text,
        coalesce(
            {{ regexp_extract('birth_text', iso, 1) }},
            {{ regexp_extract('birth_text', compact, 1) }},
            {{ regexp_extract('birth_text', numeric, 4) }},
            {{ regexp_extract('birth_text', day_first, 3) }},
            {{ regexp_extract('birth_text', month_first, 3) }}
        ) as year_text,
        coalesce(
            cast({{ regexp_extract('birth_text', iso, 2) }} as integer),
            cast({{ regexp_extract('birth_text', compact, 2) }} as integer),
            case when numeric_order = 'dmy' then other else one end,
            {{ month_number(regexp_extract('birth_text', day_first, 2)) }},
            {{ month_number(regexp_extract('birth_text', month_first, 1)) }}
        ) as month_number,
        coalesce(
            cast({{ regexp_extract('birth_text', iso, 3) }} as integer),
            cast({{ regexp_extract('birth_text', compact, 3) }} as integer),
            case when numeric_order = 'dmy' then one else other end,
            cast({{ regexp_extract('birth_text', day_first, 1) }} as integer),
            cast({{ regexp_extract('birth_text', month_first, 2) }} as integer)
        ) as day_number
    from ordered

),

dated as (

    select
        birth_date_id,
        birth_text,
        case
            when length(year_text) = 4 then cast(year_text as integer)
            when cast(year_text as integer) < 30 then 2000 + cast(year_text as integer)
            else 1900 + cast(year_text as integer)
        end as year_number,
        month_number,
        day_number
    from parts

),

valid as (

    select
        birth_date_id,
        birth_text,
        case
            when
                year_number >= 1000
                and month_number between 1 and 12
                and day_number between 1 and case
                    when month_number in (4, 6, 9, 11) then 30
                    when month_number = 2 and year_number % 4 = 0 and (year_number % 100 <> 0 or year_number % 400 = 0) then 29
                    when month_number = 2 then 28
                    else 31
                end
                then make_date(year_number, month_number, day_number)
        end as birth_date
    from dated

),

final as (

    select
        valid.birth_date_id,
        case when placeholders.value is null then valid.birth_date end as birth_date,
        case
            when placeholders.value is not null then 'placeholder_birth_date'
            when valid.birth_date is null then 'invalid_birth_date'
        end as birth_date_problem
    from valid
    left join placeholders on coalesce(cast(valid.birth_date as {{ dbt.type_string() }}), valid.birth_text) = placeholders.value

)

select * from final
