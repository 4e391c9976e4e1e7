{{ config(materialized='delta', key='record_id', adds_up=true, inputs=['int_normalised_records']) }}

with normalised_records as (

    select * from {{ ref('int_normalised_records') }}
    where quarantine_reason is null and {{ changed('int_delivered_records', 'record_id') }}

),

final as (

    select
        record_id,
        source_system || ':' || source_record_id as record_key,
        source_system,
        source_record_id,
        full_name,
        first_name,
        middle_name,
        last_name,
        name_suffix,
        email,
        phone,
        birth_date,
        gender,
        street,
        unit,
        city,
        state,
        postal_code,
        case when not is_country_assumed then country_code end as country,
        company,
        job_title,
        national_id_key as national_id,
        first_name_key,
        middle_name_key,
        last_name_key,
        email_key,
        email_local_key,
        email_domain,
        is_free_mail,
        is_role_mailbox,
        phone_key,
        street_key,
        house_number,
        unit_key,
        city_key,
        state_key,
        postal_code_key,
        company_key,
        job_title_key,
        national_id_key,
        updated_at_timestamp as updated_at
    from normalised_records

)

select
    *,
    {{ row_hash('final') }} as row_version
from final
