with source_records as (

    select * from {{ ref('int_source_records') }}

),

nicknames as (

    select * from {{ ref('nicknames') }}

),

-- a compound first name ("mary ann") is compared by its first part; the rest counts as a middle name
first_names as (

    select
        'first' as name_type,
        split_part(first_name_key, ' ', 1) as name_value,
        count(*) as record_count
    from source_records
    where first_name_key is not null
    group by split_part(first_name_key, ' ', 1)

),

last_names as (

    select
        'last' as name_type,
        replace(last_name_key, ' ', '') as name_value,
        count(*) as record_count
    from source_records
    where last_name_key is not null
    group by replace(last_name_key, ' ', '')

),

united as (

    select * from first_names
    union all
    select * from last_names

),

totals as (

    select
        name_type,
        sum(record_count) as total_count
    from united
    group by name_type

),

-- for blocking only: the one formal name a nickname stands for; ambiguous ones ("bert") stand for themselves
formal_names as (

    select
        nickname,
        min({{ text_order('formal_name') }}) as formal_name
    from nicknames
    group by nickname
    having count(*) = 1

),

final as (

    select
        united.name_type,
        united.name_value,
        case when united.name_type = 'first' then coalesce(formal_names.formal_name, united.name_value) end as formal_name,
        {{ metaphone('united.name_value') }} as metaphone_code,
        united.record_count,
        {{ frequency_bin('united.record_count', 'totals.total_count') }} as frequency_bin
    from united
    inner join totals on united.name_type = totals.name_type
    left join formal_names on united.name_value = formal_names.nickname

)

select * from final
