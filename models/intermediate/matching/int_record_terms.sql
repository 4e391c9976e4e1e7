{#- One row per source record × attribute whose values are frequent or rare: its term. A compound first name ("mary ann") is compared by its first part; the
    rest counts as a middle name. -#}
{{ config(materialized='view') }}

with source_records as (

    select * from {{ ref('int_source_records') }}

),

terms as (

    select
        record_id,
        'first_name' as attribute,
        split_part(first_name_key, ' ', 1) as term
    from source_records
    union all
    select
        record_id,
        'last_name' as attribute,
        replace(last_name_key, ' ', '') as term
    from source_records
    union all
    select
        record_id,
        'city' as attribute,
        city_key as term
    from source_records

),

final as (

    select * from terms
    where term is not null

)

select * from final
