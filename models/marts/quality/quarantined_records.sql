with quarantined_records as (

    select * from {{ ref('int_quarantined_records') }}

),

final as (

    select
        cast(quarantine_id as text) as quarantine_id,
        cast(source_system as text) as source_system,
        cast(source_record_id as text) as source_record_id,
        cast(staging_model as text) as staging_model,
        cast(reason as text) as reason,
        cast(raw_row as text) as raw_row
    from quarantined_records

)

select * from final
