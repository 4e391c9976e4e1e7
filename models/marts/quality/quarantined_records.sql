with quarantined_records as (

    select * from {{ ref('int_quarantined_records') }}

),

final as (

    select
        cast(quarantine_id as {{ dbt.type_string() }}) as quarantine_id,
        cast(source_system as {{ dbt.type_string() }}) as source_system,
        cast(source_record_id as {{ dbt.type_string() }}) as source_record_id,
        cast(staging_model as {{ dbt.type_string() }}) as staging_model,
        cast(reason as {{ dbt.type_string() }}) as reason,
        cast(raw_row as {{ dbt.type_string() }}) as raw_row
    from quarantined_records

)

select * from final
