{#- One row per source record: what it is blocked and compared by. -#}
{{ config(materialized='delta', key='record_id', inputs=['int_record_words']) }}

with names as (

    select * from {{ ref('int_record_words') }}
    where {{ changed('int_record_frequencies', 'record_id') }}

),

frequencies as (

    select * from {{ ref('int_record_frequencies') }}

),

final as (

    select
        names.record_id,
        names.source_system,

        names.first_name,
        frequencies.first_name_bin,
        frequencies.first_formal,
        frequencies.first_metaphone,
        (names.first_name is distinct from names.delivered_first_name) as is_first_name_imputed,
        nullif(concat_ws(' ', nullif(substr(names.first_name_key, length(names.delivered_first_name) + 2), ''), names.middle_name_key), '') as middle_name,

        names.last_name,
        frequencies.last_name_bin,
        frequencies.last_metaphone,
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
        frequencies.email_record_count,
        frequencies.email_local_count,
        names.email_letters,
        coalesce(
            names.email_local_key like '%' || names.last_name || '%' or names.email_local_key like '%' || names.first_name || '%',
            false
        ) as is_email_made_of_name,

        names.phone_key,
        frequencies.phone_record_count,
        frequencies.phone_last_name_count,

        names.street_key,
        names.house_number,
        names.unit_key,
        names.postal_code_key,
        names.city_key,
        frequencies.city_bin,
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
    from names
    inner join frequencies on names.record_id = frequencies.record_id

)

select
    *,
    {{ key_hash(['record_id'] + blocking_columns()) }} as blocking_version,
    {{ row_hash('final') }} as row_version
from final
