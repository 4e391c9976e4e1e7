with rejected_values as (

    select * from {{ ref('int_rejected_values') }}

),

final as (

    select
        cast(record_key as {{ dbt.type_string() }}) as record_key,
        cast(source_system as {{ dbt.type_string() }}) as source_system,
        cast(attribute as {{ dbt.type_string() }}) as attribute,
        cast(reason as {{ dbt.type_string() }}) as reason
    from rejected_values

)

select * from final
