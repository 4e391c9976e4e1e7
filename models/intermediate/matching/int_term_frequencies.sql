{#- One row per attribute × term: how frequent it counts as. With trained frequencies a term keeps its place until the next training, however the data change,
    and so does every score. Rare terms are not part of a trained model, which names nobody: all of them count as on as many records. -#}
with term_counts as (

    select * from {{ ref('int_term_counts') }}

),

trained_terms as (

    select
        attribute,
        term,
        record_count
    from {{ ref('term_frequencies') }}
    where {{ var('use_trained_term_frequencies') }}

),

totals as (

    select
        attribute,
        sum(record_count) as total_count
    from term_counts
    group by attribute

),

trained_totals as (

    select
        attribute,
        record_count as total_count
    from trained_terms
    where term = '*'

),

counted as (

    select
        term_counts.attribute,
        term_counts.term,
        case when trained_totals.attribute is not null then coalesce(trained_terms.record_count, 0) else term_counts.record_count end as record_count,
        coalesce(trained_totals.total_count, totals.total_count) as total_count
    from term_counts
    inner join totals on term_counts.attribute = totals.attribute
    left join trained_totals on term_counts.attribute = trained_totals.attribute
    left join trained_terms on term_counts.attribute = trained_terms.attribute and term_counts.term = trained_terms.term

),

final as (

    select
        attribute,
        term,
        {{ frequency_bin('case when record_count >= ' ~ least_term_count() ~ ' then record_count else 2 end', 'total_count') }} as frequency_bin
    from counted

)

select * from final
