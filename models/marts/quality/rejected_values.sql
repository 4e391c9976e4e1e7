with rejected_values as (

    select * from {{ ref('int_rejected_values') }}

),

final as (

    select
        cast(record_key as text) as record_key,
        cast(source_system as text) as source_system,
        cast(attribute as text) as attribute,
        cast(reason as text) as reason
    from rejected_values

)

select * from final
