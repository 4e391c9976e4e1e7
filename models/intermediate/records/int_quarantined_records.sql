with normalised_records as (

    select * from {{ ref('int_normalised_records') }}
    where quarantine_reason is not null

),

delivered_records as (

    select * from {{ ref('int_delivered_records') }}

),

-- the row as it was delivered: what was null is left out
final as (

    select
        md5(
            coalesce(normalised_records.source_system, '') || ':' || coalesce(normalised_records.source_record_id, '') || ':'
            || cast(normalised_records.copy_number as {{ dbt.type_string() }})
        ) as quarantine_id,
        normalised_records.source_system,
        normalised_records.source_record_id,
        normalised_records.staging_model,
        normalised_records.quarantine_reason as reason,
        '{' || concat_ws(
            ','
            {%- for column in record_contract() %},
            '"{{ column }}":' || {{ json_text('delivered_records.' ~ column) }}
            {%- endfor %}
        ) || '}' as raw_row
    from normalised_records
    inner join delivered_records
        on
            coalesce(normalised_records.source_system, '') = coalesce(delivered_records.source_system, '')
            and coalesce(normalised_records.source_record_id, '') = coalesce(delivered_records.source_record_id, '')
            and normalised_records.copy_number = delivered_records.copy_number

)

select * from final
