{#- One row per pair of records that is known to be one person, or not, because stewards have decided so. -#}
with must_links as (

    select * from {{ ref('int_must_links') }}

),

cannot_links as (

    select * from {{ ref('int_cannot_links') }}

),

final as (

    select
        record_id_a,
        record_id_b,
        true as is_match
    from must_links
    union all
    select
        record_id_a,
        record_id_b,
        false as is_match
    from cannot_links

)

select * from final
