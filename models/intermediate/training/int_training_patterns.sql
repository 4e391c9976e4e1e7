{#- One row per comparison pattern of candidate pairs × what is known of them: whether they are one person (null: not known). -#}
with compared_pairs as (

    select * from {{ ref('int_compared_pairs') }}

),

labels as (

    select * from {{ ref('int_training_labels') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

entities as (

    select
        source_records.record_id,
        entities.entity_id
    from {{ ref('stg_training__entities') }} as entities
    inner join source_records
        on entities.source_system = source_records.source_system and entities.source_record_id = source_records.source_record_id

),

labelled as (

    select
        compared_pairs.pattern,
        coalesce(labels.is_match, entity_a.entity_id = entity_b.entity_id) as is_match
    from compared_pairs
    left join labels on compared_pairs.record_id_a = labels.record_id_a and compared_pairs.record_id_b = labels.record_id_b
    left join entities as entity_a on compared_pairs.record_id_a = entity_a.record_id
    left join entities as entity_b on compared_pairs.record_id_b = entity_b.record_id

),

final as (

    select
        pattern,
        is_match,
        count(*) as pair_count
    from labelled
    group by pattern, is_match

)

select * from final
