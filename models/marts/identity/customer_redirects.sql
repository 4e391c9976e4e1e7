with redirects as (

    select * from {{ ref('int_redirects') }}

),

final as (

    select
        cast(customer_id as {{ dbt.type_string() }}) as retired_customer_id,
        cast(current_customer_id as {{ dbt.type_string() }}) as customer_id,
        cast(case when current_customer_id is null then 'erased' else 'merged' end as {{ dbt.type_string() }}) as status,
        cast(ended_at as timestamp) as retired_at
    from redirects

)

select * from final
