{#- One row per source record: the customer it belongs to. -#}
{{ config(materialized='view') }}

with customer_assignments as (

    select * from {{ ref('int_customer_assignments') }}

),

final as (

    select
        record_id,
        record_key,
        customer_id
    from customer_assignments
    where valid_to is null

)

select * from final
