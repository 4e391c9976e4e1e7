{#- One row per source record with its customer. Where rows are many, customer_number stands for the customer_id. -#}
with source_records as (

    select * from {{ ref('int_source_records') }}

),

customer_members as (

    select * from {{ ref('int_customer_members') }}

),

final as (

    select
        source_records.record_id,
        source_records.record_key,
        source_records.source_system,
        source_records.updated_at,
        customer_members.customer_id,
        min(source_records.record_id) over (partition by customer_members.customer_id) as customer_number,
        row_number() over (partition by customer_members.customer_id order by {{ text_order('source_records.record_key') }}) as record_position
    from source_records
    inner join customer_members on source_records.record_id = customer_members.record_id

)

select * from final
