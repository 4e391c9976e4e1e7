{#- One row per distinct delivered phone and country. A number is tried as its country would dial it: without the national prefix, as it stands, or with the
    calling code but no plus; the first way that gives an assigned number (seed phone_number_ranges) holds. -#}
{{ config(materialized='delta', key='phone_id', version='0', adds_up=true) }}

with delivered_records as (

    select * from {{ ref('int_delivered_records') }}

),

phone_countries as (

    select * from {{ ref('phone_countries') }}

),

phone_number_ranges as (

    select * from {{ ref('phone_number_ranges') }}

),

distinct_phones as (

    select
        phone_id,
        country_code,
        is_country_assumed,
        {{ regexp_replace_first('lower(max(phone))', '^(tel|phone|mobile|fax): *', '') }} as phone_text
    from delivered_records
    where phone is not null and {{ changed('int_delivered_records', 'phone_id') }}
    group by phone_id, country_code, is_country_assumed

),

-- extension off, letters as on a keypad (1-800-FLOWERS) where a number begins and three or more follow
texts as (

    select
        phone_id,
        country_code,
        is_country_assumed,
        {{ regexp_extract('phone_text', '(?:;ext=|[ ,;.)0-9](?:ext|extn|extension|xtn|x|#|durchwahl|poste|int)[.:]? *)([0-9]{1,7})#?$') }} as phone_extension,
        {{ regexp_replace_first('phone_text', '(;ext=|[ ,;.]*(ext|extn|extension|xtn|x|#|durchwahl|poste|int)[.:]? *)[0-9]{1,7}#?$', '') }} as phone_text
    from distinct_phones
    where length(phone_text) <= 60

),

dialled as (

    select
        phone_id,
        country_code,
        is_country_assumed,
        phone_extension,
        {{ regexp_matches('phone_text', '^[^0-9a-z]*[+＋]') }} as has_plus,
        case
            when {{ regexp_matches('phone_text', '^[+(]*[0-9].*[a-z].*[a-z].*[a-z]') }}
                then {{ regexp_replace("translate(phone_text, 'abcdefghijklmnopqrstuvwxyz', '22233344455566677778889999')", '[^0-9]', '') }}
            else {{ regexp_replace('phone_text', '[^0-9]', '') }}
        end as digits
    from texts

),

-- with a plus, or the country's international prefix, a calling code follows
located as (

    select
        dialled.phone_id,
        dialled.country_code,
        dialled.is_country_assumed,
        dialled.phone_extension,
        home.calling_code as home_calling_code,
        dialled.digits,
        case
            when dialled.has_plus then dialled.digits
            when left(dialled.digits, length(home.international_prefix)) = home.international_prefix
                then substr(dialled.digits, length(home.international_prefix) + 1)
            when dialled.is_country_assumed and left(dialled.digits, 2) = '00' then substr(dialled.digits, 3)
        end as international_digits
    from dialled
    left join phone_countries as home on dialled.country_code = home.country_code

),

calling_codes as (

    select
        calling_code,
        max(national_prefix) as national_prefix
    from phone_countries
    where is_main_country = '1'
    group by calling_code

),

called as (

    select
        located.*,
        coalesce(one_digit.calling_code, two_digits.calling_code, three_digits.calling_code) as international_calling_code
    from located
    left join calling_codes as one_digit on left(located.international_digits, 1) = one_digit.calling_code
    left join calling_codes as two_digits on left(located.international_digits, 2) = two_digits.calling_code
    left join calling_codes as three_digits on left(located.international_digits, 3) = three_digits.calling_code

),

-- national number with what may still stand before it
numbers as (

    select
        phone_id,
        1 as way,
        international_calling_code as calling_code,
        substr(international_digits, length(international_calling_code) + 1) as national_digits
    from called
    where international_calling_code is not null
    union all
    select
        phone_id,
        3 as way,
        home_calling_code as calling_code,
        digits as national_digits
    from called
    where international_calling_code is null
    union all
    select
        phone_id,
        5 as way,
        home_calling_code as calling_code,
        substr(digits, length(home_calling_code) + 1) as national_digits
    from called
    where international_calling_code is null and left(digits, length(home_calling_code)) = home_calling_code

),

candidates as (

    select
        numbers.phone_id,
        numbers.way,
        numbers.calling_code,
        substr(numbers.national_digits, length(calling_codes.national_prefix) + 1) as national_number
    from numbers
    inner join calling_codes on numbers.calling_code = calling_codes.calling_code
    where left(numbers.national_digits, length(calling_codes.national_prefix)) = calling_codes.national_prefix
    union all
    select
        phone_id,
        way + 1 as way,
        calling_code,
        national_digits as national_number
    from numbers

),

prefixed as (

    {% for digits in range(5) -%}
    select
        phone_id,
        way,
        calling_code,
        national_number,
        left(national_number, {{ digits }}) as number_prefix
    from candidates
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

assigned as (

    select
        prefixed.phone_id,
        prefixed.calling_code,
        prefixed.national_number,
        row_number() over (partition by prefixed.phone_id order by prefixed.way) as preference
    from prefixed
    inner join phone_number_ranges as ranges
        on prefixed.calling_code = ranges.calling_code and prefixed.number_prefix = coalesce(ranges.number_prefix, '')
    where length(prefixed.national_number) between ranges.least_length and ranges.greatest_length

),

judged as (

    select
        distinct_phones.phone_id,
        distinct_phones.is_country_assumed,
        called.phone_extension,
        called.digits,
        assigned.calling_code,
        assigned.national_number,
        coalesce(
            (called.digits <> '' and replace(called.digits, left(called.digits, 1), '') = '')
            or replace(assigned.national_number, left(assigned.national_number, 1), '') = ''
            or called.digits in ('1234567890', '0123456789', '123456789', '12345678', '1234567', '9876543210', '11234567890'),
            false
        ) as is_placeholder
    from distinct_phones
    left join called on distinct_phones.phone_id = called.phone_id
    left join assigned on distinct_phones.phone_id = assigned.phone_id and assigned.preference = 1

),

-- Without a country of its own a number may be right elsewhere: it still serves to match. The key is the end of the number, since the code before it is
-- not always there; in North America that end has ten digits, elsewhere nine tell numbers apart.
final as (

    select
        phone_id,
        case when not is_placeholder then '+' || calling_code || national_number end as phone,
        case when not is_placeholder and national_number is not null then phone_extension end as phone_extension,
        case
            when is_placeholder then null
            when calling_code = '1' then right(national_number, 10)
            when national_number is not null then right(national_number, 9)
            when is_country_assumed and length(digits) between 7 and 15 then right(digits, 9)
        end as phone_key,
        case
            when is_placeholder then 'placeholder_phone'
            when national_number is not null then null
            when is_country_assumed and length(digits) between 7 and 15 then 'unverified_phone'
            else 'invalid_phone'
        end as phone_problem
    from judged

)

select * from final
