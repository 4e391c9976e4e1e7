{#- One row per source × numbers of records that two fragments of customers have in it: what that weighs for or against one customer.

    Customers have k records in a source with probability p(k). If two fragments with a and b records are one customer, that customer has a + b; if they are
    two, each has its own: p(a + b) / (p(a) p(b)) is the Bayes factor. Over two customers taken at random its mean is 1 + mean(k), by which it is divided, so
    that it is no evidence where nothing is known. Data of one source have none at all. -#}
{%- set most = most_source_records() -%}
with source_records as (

    select * from {{ ref('int_source_records') }}

),

source_counts as (

    select * from {{ ref('source_counts') }}

),

sources as (

    select distinct source_system from source_records

),

source_numbers as (

    select count(*) as source_count from sources

),

numbers as (

    select cast(number - 1 as integer) as record_count from {{ number_series(most + 1) }} as series (number)

),

-- a source that the last training has not seen is as sources mostly are
shares as (

    select
        sources.source_system,
        numbers.record_count,
        coalesce(own.share, usual.share) as share
    from sources
    cross join numbers
    left join source_counts as own on sources.source_system = own.source_system and numbers.record_count = own.record_count
    inner join source_counts as usual on usual.source_system = '*' and numbers.record_count = usual.record_count
    cross join source_numbers
    where source_numbers.source_count > 1

),

means as (

    select
        source_system,
        sum(record_count * share) as mean_count
    from shares
    group by source_system

),

final as (

    select
        one.source_system,
        one.record_count as record_count_a,
        other.record_count as record_count_b,
        cast(
            {{ log2('together.share') }} - {{ log2('one.share') }} - {{ log2('other.share') }} - {{ log2('1 + means.mean_count') }} as numeric(18, 6)
        ) as match_weight
    from shares as one
    inner join shares as other on one.source_system = other.source_system
    inner join shares as together
        on one.source_system = together.source_system and together.record_count = least(one.record_count + other.record_count, {{ most }})
    inner join means on one.source_system = means.source_system

)

select * from final
