{#- One row per attribute × term: on how many records it is. -#}
with record_terms as (

    select * from {{ ref('int_record_terms') }}

),

final as (

    select
        attribute,
        term,
        count(*) as record_count
    from record_terms
    group by attribute, term

)

select * from final
