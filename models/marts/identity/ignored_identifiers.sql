with identifier_values as (

    select * from {{ ref('int_identifier_values') }}

),

final as (

    select
        cast(identifier_type as {{ dbt.type_string() }}) as identifier_type,
        cast(identifier_value as {{ dbt.type_string() }}) as identifier_value,
        cast(ignored_reason as {{ dbt.type_string() }}) as ignored_reason,
        cast(record_count as bigint) as record_count,
        cast(name_count as bigint) as name_count
    from identifier_values
    where ignored_reason is not null

)

select * from final
