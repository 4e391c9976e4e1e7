{#- One row per source record: how frequent its values are today, as far as comparisons tell it apart, which other records decide. The words are named
    where they are read: as a CTE that is read four times an engine would copy them. -#}
with name_values as (

    select * from {{ ref('int_name_values') }}

),

term_frequencies as (

    select * from {{ ref('int_term_frequencies') }}

),

email_values as (

    select
        email_key,
        count(*) as record_count
    from {{ ref('int_record_words') }}
    where email_key is not null
    group by email_key

),

email_locals as (

    select
        email_local_key,
        count(distinct email_key) as email_count
    from {{ ref('int_record_words') }}
    where email_local_key is not null
    group by email_local_key

),

phone_values as (

    select
        phone_key,
        count(*) as record_count,
        count(distinct last_name_key) as last_name_count
    from {{ ref('int_record_words') }}
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
        record_words.record_id,
        first_values.frequency_bin as first_name_bin,
        first_values.formal_name as first_formal,
        first_values.metaphone_code as first_metaphone,
        last_values.frequency_bin as last_name_bin,
        last_values.metaphone_code as last_metaphone,
        {{ count_class('email_values.record_count', [5, 9]) }} as email_record_count,
        {{ count_class('email_locals.email_count', [5]) }} as email_local_count,
        {{ count_class('phone_values.record_count', [5]) }} as phone_record_count,
        {{ count_class('phone_values.last_name_count', [3, 5]) }} as phone_last_name_count,
        case
            when city_values.frequency_bin = 1 then 1
            when city_values.frequency_bin <= 4 then 2
            when city_values.frequency_bin is not null then 3
        end as city_bin,
        record_words.row_version as words_version
    from {{ ref('int_record_words') }} as record_words
    left join name_values as first_values on record_words.first_name = first_values.name_value and first_values.name_type = 'first_name'
    left join name_values as last_values on record_words.last_name = last_values.name_value and last_values.name_type = 'last_name'
    left join email_values on record_words.email_key = email_values.email_key
    left join email_locals on record_words.email_local_key = email_locals.email_local_key
    left join phone_values on record_words.phone_key = phone_values.phone_key
    left join city_values on record_words.city_key = city_values.city_key

)

select
    *,
    {{ row_hash('final') }} as row_version
from final
