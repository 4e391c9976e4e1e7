{#- One row per attribute × term: on how many records it is. A compound first name ("mary ann") is compared by its first part; the rest counts as a
    middle name. -#}
with source_records as (

    select * from {{ ref('int_source_records') }}

),

terms as (

    select
        'first_name' as attribute,
        split_part(first_name_key, ' ', 1) as term
    from source_records
    union all
    select
        'last_name' as attribute,
        replace(last_name_key, ' ', '') as term
    from source_records
    union all
    select
        'city' as attribute,
        city_key as term
    from source_records

),

final as (

    select
        attribute,
        term,
        count(*) as record_count
    from terms
    where term is not null
    group by attribute, term

)

select * from final
