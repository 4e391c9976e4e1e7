{# The evidence for and against joining two clusters of a relation (record_id, cluster_id): one row per pair of clusters with at least one scored pair across,
   and the guard that forbids the union, if one does. A single pair counts between lowest_pair_weight and highest_pair_weight, so that none decides alone. #}
{% macro cluster_pair_evidence(clusters) -%}
with pairs_across as (

    select
        least(one.cluster_id, other.cluster_id) as cluster_id_a,
        greatest(one.cluster_id, other.cluster_id) as cluster_id_b,
        {{ pair_weights() }},
        min(pairs.conflict) as conflict
    from {{ ref('int_component_pairs') }} as pairs
    inner join {{ clusters }} as one on pairs.record_id_a = one.record_id
    inner join {{ clusters }} as other on pairs.record_id_b = other.record_id
    where one.cluster_id <> other.cluster_id
    group by 1, 2

),

joinable as (

    select * from pairs_across
    where has_edge

),

cluster_sizes as (

    select
        cluster_id,
        count(*) as record_count
    from {{ clusters }}
    group by cluster_id

),

cluster_emails as (

    select distinct
        clusters.cluster_id,
        features.email_key
    from {{ clusters }} as clusters
    inner join {{ ref('int_record_features') }} as features on clusters.record_id = features.record_id
    where features.email_key is not null

),

sides as (

    select
        cluster_id_a,
        cluster_id_b,
        cluster_id_a as cluster_id
    from joinable
    union all
    select
        cluster_id_a,
        cluster_id_b,
        cluster_id_b as cluster_id
    from joinable

),

union_emails as (

    select
        sides.cluster_id_a,
        sides.cluster_id_b,
        count(distinct cluster_emails.email_key) as email_count
    from sides
    inner join cluster_emails on sides.cluster_id = cluster_emails.cluster_id
    group by sides.cluster_id_a, sides.cluster_id_b

),

cluster_birth_dates as (

    select
        clusters.cluster_id,
        features.birth_date,
        features.birth_month_day,
        count(*) as record_count
    from {{ clusters }} as clusters
    inner join {{ ref('int_record_features') }} as features on clusters.record_id = features.record_id
    where features.birth_month_day is not null
    group by clusters.cluster_id, features.birth_date, features.birth_month_day

),

union_birth_dates as (

    select
        sides.cluster_id_a,
        sides.cluster_id_b,
        cluster_birth_dates.birth_date,
        cluster_birth_dates.birth_month_day,
        sum(cluster_birth_dates.record_count) as record_count
    from sides
    inner join cluster_birth_dates on sides.cluster_id = cluster_birth_dates.cluster_id
    group by
        sides.cluster_id_a,
        sides.cluster_id_b,
        cluster_birth_dates.birth_date,
        cluster_birth_dates.birth_month_day

),

{% if var('duplicate_free_sources') -%}
union_repeats as (

    select distinct
        members.cluster_id_a,
        members.cluster_id_b
    from (
        select
            sides.cluster_id_a,
            sides.cluster_id_b
        from sides
        inner join {{ clusters }} as clusters on sides.cluster_id = clusters.cluster_id
        inner join {{ ref('int_record_features') }} as features on clusters.record_id = features.record_id
        where features.source_system in ({{ text_literals(var('duplicate_free_sources')) }})
        group by sides.cluster_id_a, sides.cluster_id_b, features.source_system
        having count(*) > 1
    ) as members

),

{% endif -%}
cannot_linked_clusters as (

    {{ cannot_linked_clusters(clusters) }}

),

birth_date_conflicts as (

    {{ birth_date_conflicts('union_birth_dates', ['cluster_id_a', 'cluster_id_b']) }}

)

select
    joinable.cluster_id_a,
    joinable.cluster_id_b,
    joinable.pair_count,
    joinable.highest_weight,
    joinable.mean_weight,
    case
        when cannot_linked_clusters.cluster_id_a is not null then 'cannot_link'
        {%- if var('duplicate_free_sources') %}
        when union_repeats.cluster_id_a is not null then 'second_record_of_source'
        {%- endif %}
        when joinable.conflict is not null then joinable.conflict
        when birth_date_conflicts.cluster_id_a is not null then 'conflicting_birth_dates'
        when size_a.record_count + size_b.record_count > {{ var('max_records_per_customer') }} then 'too_many_records'
        when union_emails.email_count > {{ var('max_emails_per_customer') }} then 'too_many_emails'
        when joinable.mean_weight < {{ var('lowest_mean_weight') }} then 'evidence_against'
    end as refused_reason
from joinable
inner join cluster_sizes as size_a on joinable.cluster_id_a = size_a.cluster_id
inner join cluster_sizes as size_b on joinable.cluster_id_b = size_b.cluster_id
left join union_emails on joinable.cluster_id_a = union_emails.cluster_id_a and joinable.cluster_id_b = union_emails.cluster_id_b
{%- if var('duplicate_free_sources') %}
left join union_repeats on joinable.cluster_id_a = union_repeats.cluster_id_a and joinable.cluster_id_b = union_repeats.cluster_id_b
{%- endif %}
left join cannot_linked_clusters
    on joinable.cluster_id_a = cannot_linked_clusters.cluster_id_a and joinable.cluster_id_b = cannot_linked_clusters.cluster_id_b
left join birth_date_conflicts
    on joinable.cluster_id_a = birth_date_conflicts.cluster_id_a and joinable.cluster_id_b = birth_date_conflicts.cluster_id_b
{%- endmacro %}

{# What the pairs between two clusters weigh together, as columns of a grouped query on `pairs`. #}
{% macro pair_weights() -%}
count(*) as pair_count,
        cast(
            sum(least(greatest(pairs.match_weight, {{ var('lowest_pair_weight') }}), {{ var('highest_pair_weight') }})) / count(*) as numeric(18, 6)
        ) as mean_weight,
        max(pairs.match_weight) as highest_weight,
        bool_or(pairs.is_edge) as has_edge
{%- endmacro %}
