{#- One row per source record: the words that it is compared by, with names that are missing read off the email. -#}
{{ config(materialized='delta', key='record_id') }}

with source_records as (

    select * from {{ ref('int_source_records') }}
    where {{ changed('int_source_records', 'record_id') }}

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
        replace(cast(birth_date as {{ dbt.type_string() }}), '-', '') as birth_text,
        split_part(first_name_key, ' ', 1) as delivered_first_name,
        replace(last_name_key, ' ', '') as delivered_last_name,
        case
            when not coalesce(is_role_mailbox, false)
                then nullif(trim({{ regexp_replace('email_local_key', '[^a-z]+', ' ') }}), '')
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

)

select
    *,
    {{ row_hash('names_imputed') }} as row_version
from names_imputed
