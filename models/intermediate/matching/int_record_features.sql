with source_records as (

    select * from {{ ref('int_source_records') }}

),

name_values as (

    select * from {{ ref('int_name_values') }}

),

term_frequencies as (

    select * from {{ ref('int_term_frequencies') }}

),

words as (

    select
        record_id,
        source_system,
        first_name_key,
        middle_name_key,
        last_name_key,
        name_suffix,
        birth_date,
        email_key,
        email_local_key,
        email_domain,
        is_free_mail,
        is_role_mailbox,
        phone_key,
        street_key,
        house_number,
        unit_key,
        postal_code_key,
        city_key,
        state_key,
        company_key,
        national_id_key,
        gender,
        job_title_key,
        replace(birth_date::text, '-', '') as birth_text,
        split_part(first_name_key, ' ', 1) as delivered_first_name,
        replace(last_name_key, ' ', '') as delivered_last_name,
        case
            when not coalesce(is_role_mailbox, false)
                then nullif(trim(regexp_replace(email_local_key, '[^a-z]+', ' ', 'g')), '')
        end as email_words
    from source_records

),

email_words_split as (

    select
        *,
        replace(email_words, ' ', '') as email_letters,
        nullif(split_part(email_words, ' ', 1), '') as email_word_1,
        nullif(split_part(email_words, ' ', 2), '') as email_word_2,
        split_part(email_words, ' ', 3) = '' as has_two_email_words
    from words

),

-- What a missing name may be: what is left of the email's local part beside the known name, or one of the two words of "first.last@".
names_in_email as (

    select
        *,
        case
            when has_two_email_words and email_word_2 = delivered_last_name and length(email_word_1) > 1 then email_word_1
            when has_two_email_words and email_word_1 = delivered_last_name and length(email_word_2) > 1 then email_word_2
            when
                length(delivered_last_name) > 2 and email_letters like '%' || delivered_last_name and length(email_letters) > length(delivered_last_name) + 2
                then left(email_letters, length(email_letters) - length(delivered_last_name))
            when delivered_last_name is null and has_two_email_words and length(email_word_1) > 1 and length(email_word_2) > 1 then email_word_1
        end as first_name_in_email,
        case
            when length(delivered_first_name) > 1 and has_two_email_words and email_word_1 = delivered_first_name and length(email_word_2) > 1 then email_word_2
            when length(delivered_first_name) > 1 and has_two_email_words and email_word_2 = delivered_first_name and length(email_word_1) > 1 then email_word_1
            when
                length(delivered_first_name) > 2 and email_letters like delivered_first_name || '%'
                and length(email_letters) > length(delivered_first_name) + 2
                then substr(email_letters, length(delivered_first_name) + 1)
            when delivered_first_name is null and has_two_email_words and length(email_word_1) > 1 and length(email_word_2) > 1 then email_word_2
        end as last_name_in_email
    from email_words_split

),

-- a name of which only the initial is known is read off the email too, if it begins with that
names_imputed as (

    select
        *,
        case
            when length(delivered_first_name) > 1 then delivered_first_name
            when delivered_first_name is null or first_name_in_email like delivered_first_name || '%' then coalesce(first_name_in_email, delivered_first_name)
            else delivered_first_name
        end as first_name,
        case
            when length(delivered_last_name) > 1 then delivered_last_name
            when delivered_last_name is null or last_name_in_email like delivered_last_name || '%' then coalesce(last_name_in_email, delivered_last_name)
            else delivered_last_name
        end as last_name
    from names_in_email

),

email_values as (

    select
        email_key,
        count(*) as record_count
    from source_records
    where email_key is not null
    group by email_key

),

email_locals as (

    select
        email_local_key,
        count(distinct email_key) as email_count
    from source_records
    where email_local_key is not null
    group by email_local_key

),

phone_values as (

    select
        phone_key,
        count(*) as record_count,
        count(distinct last_name_key) as last_name_count
    from source_records
    where phone_key is not null
    group by phone_key

),

city_values as (

    select
        term as city_key,
        frequency_bin
    from term_frequencies
    where attribute = 'city'

),

final as (

    select
        names.record_id,
        names.source_system,

        names.first_name,
        first_values.frequency_bin as first_name_bin,
        first_values.formal_name as first_formal,
        first_values.metaphone_code as first_metaphone,
        (names.first_name is distinct from names.delivered_first_name) as is_first_name_imputed,
        nullif(concat_ws(' ', nullif(substr(names.first_name_key, length(names.delivered_first_name) + 2), ''), names.middle_name_key), '') as middle_name,

        names.last_name,
        last_values.frequency_bin as last_name_bin,
        last_values.metaphone_code as last_metaphone,
        (names.last_name is distinct from names.delivered_last_name) as is_last_name_imputed,
        case when names.last_name_key like '% %' then split_part(names.last_name_key, ' ', 1) end as last_name_head,
        case when names.last_name_key like '% %' then {{ regexp_extract('names.last_name_key', '([^ ]+)$') }} end as last_name_tail,
        names.name_suffix,

        names.birth_date,
        names.birth_text,
        left(names.birth_text, 4) as birth_year,
        nullif(right(names.birth_text, 4), '0101') as birth_month_day,

        names.email_key,
        names.email_local_key,
        names.email_domain,
        case when not names.is_free_mail then names.email_domain end as corporate_domain,
        coalesce(names.is_role_mailbox, false) as is_role_mailbox,
        email_values.record_count as email_record_count,
        email_locals.email_count as email_local_count,
        names.email_letters,
        coalesce(
            names.email_local_key like '%' || names.last_name || '%' or names.email_local_key like '%' || names.first_name || '%',
            false
        ) as is_email_made_of_name,

        names.phone_key,
        phone_values.record_count as phone_record_count,
        phone_values.last_name_count as phone_last_name_count,

        names.street_key,
        names.house_number,
        names.unit_key,
        names.postal_code_key,
        names.city_key,
        case
            when city_values.frequency_bin = 1 then 1
            when city_values.frequency_bin <= 4 then 2
            when city_values.frequency_bin is not null then 3
        end as city_bin,
        names.state_key,

        names.company_key,
        names.national_id_key,
        names.gender,
        names.job_title_key,

        least({{ text_order('names.first_name') }}, {{ text_order('names.last_name') }}) as name_low,
        greatest({{ text_order('names.first_name') }}, {{ text_order('names.last_name') }}) as name_high,
        names.first_name || names.last_name as name_letters,
        left(names.first_name, 1) as first_initial,
        left(names.first_name, 3) as first_prefix,
        left(names.last_name, 1) as last_initial,
        left(names.last_name, 3) as last_prefix,
        right(names.last_name, 3) as last_ending,
        left(names.postal_code_key, 3) as postal_prefix,
        case when names.first_name is null or names.last_name is null then left(coalesce(names.first_name, names.last_name), 3) end as only_prefix
    from names_imputed as names
    left join name_values as first_values on names.first_name = first_values.name_value and first_values.name_type = 'first_name'
    left join name_values as last_values on names.last_name = last_values.name_value and last_values.name_type = 'last_name'
    left join email_values on names.email_key = email_values.email_key
    left join email_locals on names.email_local_key = email_locals.email_local_key
    left join phone_values on names.phone_key = phone_values.phone_key
    left join city_values on names.city_key = city_values.city_key

)

select * from final
