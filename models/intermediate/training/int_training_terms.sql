{#- One row per attribute × term that enough customers share, as far as certain edges put customers together: on how many records it is. A term of few would
    name somebody in a file that is committed. -#}
with record_terms as (

    select * from {{ ref('int_record_terms') }}

),

fragments as (

    select * from {{ ref('int_fragments') }}

),

final as (

    select
        record_terms.attribute,
        record_terms.term,
        count(*) as record_count,
        count(distinct fragments.fragment_id) as fragment_count
    from record_terms
    inner join fragments on record_terms.record_id = fragments.record_id
    group by record_terms.attribute, record_terms.term
    having count(distinct fragments.fragment_id) >= {{ least_term_count() }}

)

select * from final
