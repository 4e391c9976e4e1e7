{#- One row per component that cannot be taken as one customer without a closer look: a pair or a steward speaks against it, or the whole would break a
    guard. Its version differs when anything differs that its clusters are made of. -#}
with components as (

    select * from {{ ref('int_components') }}

),

component_pairs as (

    select * from {{ ref('int_component_pairs') }}

),

features as (

    select * from {{ ref('int_record_features') }}

),

cannot_links as (

    select * from {{ ref('int_cannot_links') }}

),

weakest_pairs as (

    select
        component_id,
        min(match_weight) as lowest_weight,
        min(conflict) as conflict,
        sum({{ row_hash('component_pairs') }}) as pair_sum
    from component_pairs
    group by component_id

),

guarded_values as (

    select
        components.component_id,
        count(*) as record_count,
        count(distinct features.email_key) as email_count,
        sum(features.row_version) as record_sum
    from components
    inner join features on components.record_id = features.record_id
    group by components.component_id

),

{% if var('duplicate_free_sources') -%}
repeated_sources as (

    select distinct component_id
    from (
        select components.component_id
        from components
        inner join features on components.record_id = features.record_id
        where features.source_system in ({{ text_literals(var('duplicate_free_sources')) }})
        group by components.component_id, features.source_system
        having count(*) > 1
    ) as repeated

),

{% endif -%}
birth_dates as (

    select
        components.component_id,
        features.birth_date,
        features.birth_month_day,
        count(*) as record_count
    from components
    inner join features on components.record_id = features.record_id
    where features.birth_month_day is not null
    group by components.component_id, features.birth_date, features.birth_month_day

),

birth_date_conflicts as (

    {{ birth_date_conflicts('birth_dates', ['component_id']) }}

),

cannot_linked_components as (

    select
        one.component_id,
        sum({{ key_hash(['cannot_links.record_id_a', 'cannot_links.record_id_b']) }}) as cannot_link_sum
    from cannot_links
    inner join components as one on cannot_links.record_id_a = one.record_id
    inner join components as other on cannot_links.record_id_b = other.record_id and one.component_id = other.component_id
    group by one.component_id

),

final as (

    select
        weakest_pairs.component_id,
        {{ key_hash(['weakest_pairs.pair_sum', 'guarded_values.record_sum', 'cannot_linked_components.cannot_link_sum']) }} as row_version
    from weakest_pairs
    inner join guarded_values on weakest_pairs.component_id = guarded_values.component_id
    left join birth_date_conflicts on weakest_pairs.component_id = birth_date_conflicts.component_id
    left join cannot_linked_components on weakest_pairs.component_id = cannot_linked_components.component_id
    where
        weakest_pairs.lowest_weight < {{ var('lowest_mean_weight') }}
        or weakest_pairs.conflict is not null
        or birth_date_conflicts.component_id is not null
        or cannot_linked_components.component_id is not null
        {%- if var('duplicate_free_sources') %}
        or weakest_pairs.component_id in (select component_id from repeated_sources)
        {%- endif %}
        or guarded_values.record_count > {{ var('max_records_per_customer') }}
        or guarded_values.email_count > {{ var('max_emails_per_customer') }}

)

select * from final
