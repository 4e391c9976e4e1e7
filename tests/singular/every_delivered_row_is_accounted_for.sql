-- Accounting: each row of each identity source is either a source record or in quarantine, and nowhere else.
with delivered as (

    {% for source in identity_sources() -%}
    select
        '{{ source.model }}' as staging_model,
        count(*) as row_count
    from {{ ref(source.model) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

kept as (

    select
        staging_model,
        count(*) as row_count
    from {{ ref('int_normalised_records') }}
    where quarantine_reason is null
    group by staging_model

),

quarantined as (

    select
        staging_model,
        count(*) as row_count
    from {{ ref('quarantined_records') }}
    group by staging_model

),

totals as (

    select
        (select count(*) from {{ ref('int_source_records') }}) as source_record_count,
        (select sum(row_count) from kept) as kept_count

)

select
    delivered.staging_model,
    delivered.row_count as delivered_count,
    coalesce(kept.row_count, 0) as kept_count,
    coalesce(quarantined.row_count, 0) as quarantined_count
from delivered
cross join totals
left join kept on delivered.staging_model = kept.staging_model
left join quarantined on delivered.staging_model = quarantined.staging_model
where
    delivered.row_count <> coalesce(kept.row_count, 0) + coalesce(quarantined.row_count, 0)
    or totals.source_record_count <> coalesce(totals.kept_count, 0)
