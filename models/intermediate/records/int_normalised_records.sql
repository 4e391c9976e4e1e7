{#- One row per delivered record, with every value in its normalised form or null and the reason why. -#}
{{ config(
    materialized='delta',
    key='record_id',
    adds_up=true,
    inputs=['int_parsed_names', 'int_parsed_birth_dates', 'int_parsed_emails', 'int_parsed_phones', 'int_parsed_addresses'],
) }}

with delivered_records as (

    select * from {{ ref('int_delivered_records') }}
    where {{ changed('int_delivered_records', 'record_id') }}

),

parsed_names as (

    select * from {{ ref('int_parsed_names') }}

),

parsed_birth_dates as (

    select * from {{ ref('int_parsed_birth_dates') }}

),

parsed_emails as (

    select * from {{ ref('int_parsed_emails') }}

),

parsed_phones as (

    select * from {{ ref('int_parsed_phones') }}

),

parsed_addresses as (

    select * from {{ ref('int_parsed_addresses') }}

),

placeholders as (

    select * from {{ ref('placeholders') }}

),

gender_words as (

    select * from {{ ref('gender_words') }}

),

plain_values as (

    select
        *,
        {{ fold_name('gender') }} as gender_word,
        case when length(company) <= 200 then {{ squash_text('company') }} end as company_name,
        case when length(company) <= 200 then {{ company_key('company') }} end as company_key,
        case when length(job_title) <= 200 then {{ squash_text('job_title') }} end as job_title_name,
        case when length(job_title) <= 200 then {{ fold_name_with_digits('job_title') }} end as job_title_key,
        nullif({{ regexp_replace('upper(national_id)', '[^0-9A-Z]', '') }}, '') as national_id_key,
        {{ try_cast_timestamp('updated_at') }} as updated_at_timestamp
    from delivered_records

),

-- nobody is born after the record was written, or else after the end of this year: with a nearer day, what is right would change by itself
dated_values as (

    select
        *,
        coalesce(cast(updated_at_timestamp as date), cast('{{ run_started_at.strftime("%Y") }}-12-31' as date)) as latest_birth_date,
        replace(national_id_key, left(national_id_key, 1), '') = '' as is_one_character_id
    from plain_values

),

normalised as (

    select
        dated_values.record_id,
        dated_values.source_system,
        dated_values.source_record_id,
        dated_values.copy_number,
        dated_values.staging_model,
        dated_values.full_name,
        parsed_names.first_name,
        parsed_names.middle_name,
        parsed_names.last_name,
        parsed_names.name_suffix,
        parsed_emails.email,
        parsed_phones.phone,
        case when parsed_birth_dates.birth_date <= dated_values.latest_birth_date then parsed_birth_dates.birth_date end as birth_date,
        gender_words.gender,
        parsed_addresses.street,
        parsed_addresses.unit,
        parsed_addresses.city,
        parsed_addresses.state,
        parsed_addresses.postal_code,
        dated_values.country_code,
        dated_values.is_country_assumed,
        case when company_placeholders.value is null and dated_values.company_key is not null then dated_values.company_name end as company,
        case when dated_values.job_title_key is not null then dated_values.job_title_name end as job_title,
        parsed_names.first_name_key,
        parsed_names.middle_name_key,
        parsed_names.last_name_key,
        parsed_emails.email_key,
        parsed_emails.email_local_key,
        parsed_emails.email_domain,
        parsed_emails.is_free_mail,
        parsed_emails.is_role_mailbox,
        parsed_phones.phone_key,
        parsed_addresses.street_key,
        parsed_addresses.house_number,
        parsed_addresses.unit_key,
        parsed_addresses.city_key,
        parsed_addresses.state_key,
        parsed_addresses.postal_code_key,
        case when company_placeholders.value is null then dated_values.company_key end as company_key,
        dated_values.job_title_key,
        case
            when
                length(dated_values.national_id_key) between 4 and 40
                and id_placeholders.value is null
                and not dated_values.is_one_character_id
                then dated_values.national_id_key
        end as national_id_key,
        dated_values.updated_at_timestamp,
        parsed_names.name_problem,
        parsed_emails.email_problem,
        parsed_phones.phone_problem,
        case
            when parsed_birth_dates.birth_date > dated_values.latest_birth_date then 'future_birth_date'
            else parsed_birth_dates.birth_date_problem
        end as birth_date_problem,
        parsed_addresses.address_problem,
        case when dated_values.country is not null and dated_values.is_country_assumed then 'unknown_country' end as country_problem,
        case when dated_values.gender is not null and gender_words.gender is null then 'unknown_gender' end as gender_problem,
        case
            when company_placeholders.value is not null then 'placeholder_company'
            when dated_values.company is not null and dated_values.company_key is null then 'invalid_company'
        end as company_problem,
        case when dated_values.job_title is not null and dated_values.job_title_key is null then 'invalid_job_title' end as job_title_problem,
        case
            when dated_values.national_id is null then null
            when id_placeholders.value is not null or dated_values.is_one_character_id then 'placeholder_national_id'
            when coalesce(length(dated_values.national_id_key), 0) not between 4 and 40 then 'invalid_national_id'
        end as national_id_problem,
        case when dated_values.updated_at is not null and dated_values.updated_at_timestamp is null then 'invalid_updated_at' end as updated_at_problem
    from dated_values
    left join parsed_names on dated_values.name_id = parsed_names.name_id
    left join parsed_birth_dates on dated_values.birth_date_id = parsed_birth_dates.birth_date_id
    left join parsed_emails on dated_values.email = parsed_emails.email_delivered
    left join parsed_phones on dated_values.phone_id = parsed_phones.phone_id
    left join parsed_addresses on dated_values.address_id = parsed_addresses.address_id
    left join gender_words on dated_values.gender_word = gender_words.word
    left join placeholders as company_placeholders on dated_values.company_key = company_placeholders.value and company_placeholders.attribute = 'company'
    left join placeholders as id_placeholders on dated_values.national_id_key = id_placeholders.value and id_placeholders.attribute = 'national_id'

),

-- a colon ends the source system in a record_key; a first name alone identifies nobody, nor does a birth date; together with something more they may
final as (

    select
        *,
        case
            when source_system is null or source_record_id is null then 'missing_id'
            when source_system like '%:%' then 'invalid_source_system'
            when copy_number > 1 then 'duplicate_id'
            when
                coalesce(email_key, phone_key, national_id_key, last_name_key) is null
                and (
                    first_name_key is null
                    or coalesce(cast(birth_date as {{ dbt.type_string() }}), street_key, postal_code_key, city_key, company_key) is null
                )
                and (birth_date is null or coalesce(street_key, postal_code_key) is null)
                then 'nothing_identifying'
        end as quarantine_reason
    from normalised

)

select * from final
