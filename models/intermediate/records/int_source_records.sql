with r as (
    select *, source_system || ':' || source_record_id as record_key,
      regexp_replace(lower(strip_accents(coalesce(first_name, ''))), '[^a-z ]', '', 'g') as f,
      regexp_replace(regexp_replace(lower(strip_accents(coalesce(last_name, ''))), '-', ' ', 'g'), '[^a-z ]', '', 'g') as l,
      lower(email) as e, regexp_replace(coalesce(phone,''), '[^0-9]', '', 'g') as p,
      case when length(date_of_birth) = 8 then try_cast(substr(date_of_birth,1,4)||'-'||substr(date_of_birth,5,2)||'-'||substr(date_of_birth,7,2) as date) else try_cast(date_of_birth as date) end as bd,
      lower(split_part(street, ',', 1)) as st
    from raw_generic.records
)
select {{ record_hash('record_key') }} as record_id, record_key, source_system, source_record_id,
 full_name, first_name, middle_name, last_name, null::text as name_suffix, e as email, phone, bd as birth_date, gender, street, null::text as unit, city, state, postal_code, country, company, job_title, national_id,
 nullif(trim(f), '') as first_name_key, nullif(lower(middle_name), '') as middle_name_key, nullif(trim(l), '') as last_name_key,
 e as email_key, split_part(e, '@', 1) as email_local_key, split_part(e, '@', 2) as email_domain, nullif(right(p, 9), '') as phone_key,
 replace(replace(replace(replace(replace(st, ' street', ' st'), ' crescent', ' cr'), ' place', ' pl'), ' avenue', ' av'), ' circuit', ' ct') as street_key, regexp_extract(st, '^(\d+)', 1) as house_number, null::text as unit_key,
 lower(city) as city_key, lower(state) as state_key, replace(lower(postal_code), ' ', '') as postal_code_key, lower(company) as company_key, lower(job_title) as job_title_key, national_id as national_id_key,
 coalesce(split_part(e, '@', 2) in ('gmail.com','yahoo.com','hotmail.com','outlook.com','icloud.com','aol.com','gmx.de','web.de'), false) as is_free_mail, coalesce(split_part(e,'@',1) in ('info','sales','office','support','contact'), false) as is_role_mailbox, try_cast(updated_at as timestamp) as updated_at
from r
