{# Pairs of records with the evidence of how many records their fragments have in each source added to their weight. A relation of pairs (record_id_a,
   record_id_b, pattern, pattern_weight) gets the columns shared_sources, source_weight, match_weight and match_probability.

   Most customers have one record in a source, or none: two fragments that have records in one source are less likely one customer than two of different
   sources. Only where the comparisons leave a doubt: a pair within a fragment, or as far below certain_match_weight as a certain one is above, keeps its
   weight, and shared_sources and source_weight are null. A source in which only one of the two has records, or neither, weighs the same:
   log2(p(k) / (p(k) p(0))) is that of p(0) / (p(0) p(0)). #}
{% macro weigh_sources(pairs) -%}
with doubtful as (

    select
        pairs.record_id_a,
        pairs.record_id_b,
        fragment_a.fragment_id as fragment_id_a,
        fragment_b.fragment_id as fragment_id_b
    from {{ pairs }} as pairs
    inner join {{ ref('int_fragments') }} as fragment_a on pairs.record_id_a = fragment_a.record_id
    inner join {{ ref('int_fragments') }} as fragment_b on pairs.record_id_b = fragment_b.record_id
    where abs(pairs.pattern_weight) < {{ var('certain_match_weight') }} and fragment_a.fragment_id <> fragment_b.fragment_id

),

-- what is to be said of every pair, whatever its fragments hold
all_sources as (

    select sum(match_weight) as match_weight
    from {{ ref('int_source_evidence') }}
    where record_count_a = 0 and record_count_b = 0

),

shared as (

    select
        doubtful.record_id_a,
        doubtful.record_id_b,
        {{ ordered_text_list('sources_a.source_system', ', ', text_order('sources_a.source_system')) }} as source_systems,
        sum(together.match_weight - apart.match_weight) as match_weight
    from doubtful
    inner join {{ ref('int_fragment_sources') }} as sources_a on doubtful.fragment_id_a = sources_a.fragment_id
    inner join {{ ref('int_fragment_sources') }} as sources_b
        on doubtful.fragment_id_b = sources_b.fragment_id and sources_a.source_system = sources_b.source_system
    inner join {{ ref('int_source_evidence') }} as together
        on
            sources_a.source_system = together.source_system
            and sources_a.record_count_level = together.record_count_a
            and sources_b.record_count_level = together.record_count_b
    inner join {{ ref('int_source_evidence') }} as apart
        on sources_a.source_system = apart.source_system and apart.record_count_a = 0 and apart.record_count_b = 0
    group by doubtful.record_id_a, doubtful.record_id_b

),

weighed as (

    select
        pairs.record_id_a,
        pairs.record_id_b,
        pairs.pattern,
        case when doubtful.record_id_a is not null and all_sources.match_weight is not null then coalesce(shared.source_systems, 'none') end as shared_sources,
        case when doubtful.record_id_a is not null then all_sources.match_weight + coalesce(shared.match_weight, 0) end as source_weight,
        pairs.pattern_weight
    from {{ pairs }} as pairs
    cross join all_sources
    left join doubtful on pairs.record_id_a = doubtful.record_id_a and pairs.record_id_b = doubtful.record_id_b
    left join shared on pairs.record_id_a = shared.record_id_a and pairs.record_id_b = shared.record_id_b

),

summed as (

    select
        record_id_a,
        record_id_b,
        pattern,
        shared_sources,
        cast(source_weight as numeric(18, 6)) as source_weight,
        cast(pattern_weight + coalesce(source_weight, 0) as numeric(18, 6)) as match_weight
    from weighed

)

select
    *,
    {{ match_probability('match_weight') }} as match_probability
from summed
{%- endmacro %}
