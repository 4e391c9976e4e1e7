{#- One row per identifier value that is on more than one record, with a number that differs when one of these records does. -#}
with identifiers as (

    select * from {{ ref('int_identifiers') }}

),

final as (

    select
        identifier_key,
        {{ key_hash(['sum(row_version)']) }} as row_version
    from identifiers
    group by identifier_key
    having count(*) > 1

)

select * from final
