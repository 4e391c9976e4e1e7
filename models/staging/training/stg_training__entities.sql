{#- Known people, where `idr train --labels` has loaded some; otherwise empty. -#}
{{ config(materialized='ephemeral') }}

with source as (

    select * from {{ source_or_empty('training', 'entities') }}

),

final as (

    select
        trim(source_system) as source_system,
        trim(source_record_id) as source_record_id,
        trim(entity_id) as entity_id
    from source

)

select * from final
