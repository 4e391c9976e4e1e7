{{ config(
    materialized='delta',
    key='customer_id',
    inputs=[
        'int_customer_records', 'int_golden_records', 'int_source_records', 'int_customer_households', 'int_customer_accounts', 'int_customer_totals',
    ],
) }}

with customer_records as (

    select * from {{ ref('int_customer_records') }}
    where {{ changed('int_golden_versions', 'customer_id') }}

),

golden_records as (

    select * from {{ ref('int_golden_records') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

customer_households as (

    select * from {{ ref('int_customer_households') }}

),

customer_accounts as (

    select * from {{ ref('int_customer_accounts') }}

),

customer_totals as (

    select * from {{ ref('int_customer_totals') }}

),

customer_sources as (

    select
        customer_number,
        source_system
    from customer_records
    group by customer_number, source_system

),

customer_source_lists as (

    select
        customer_number,
        count(*) as source_system_count,
        {{ ordered_text_list('source_system', ', ', text_order('source_system')) }} as source_systems
    from customer_sources
    group by customer_number

),

records as (

    select
        customer_records.customer_number,
        customer_records.customer_id,
        customer_records.updated_at,
        {% for attribute in golden_attributes() -%}
        customer_records.record_position = golden_records.{{ attribute.name }}_position as has_won_{{ attribute.name }},
        {% endfor -%}
        {% for golden in golden_columns() -%}
        source_records.{{ golden.column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from source_records
    inner join customer_records on source_records.record_id = customer_records.record_id
    inner join golden_records on customer_records.customer_number = golden_records.customer_number

),

-- each record gives the columns of the attributes that it was chosen for
customers as (

    select
        customer_number,
        customer_id,
        count(*) as record_count,
        min(updated_at) as first_updated_at,
        max(updated_at) as last_updated_at,
        {% for golden in golden_columns() -%}
        max(case when has_won_{{ golden.attribute }} then {{ golden.column }} end) as {{ golden.column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from records
    group by customer_number, customer_id

),

final as (

    select
        cast(customers.customer_id as {{ dbt.type_string() }}) as customer_id,
        cast(customer_households.household_id as {{ dbt.type_string() }}) as household_id,
        cast(customer_accounts.account_id as {{ dbt.type_string() }}) as account_id,

        cast(nullif(concat_ws(
            ' ', customers.first_name, customers.middle_name, customers.last_name, {{ displayed_suffix('customers.name_suffix') }}
        ), '') as {{ dbt.type_string() }}) as full_name,
        cast(customers.first_name as {{ dbt.type_string() }}) as first_name,
        cast(customers.middle_name as {{ dbt.type_string() }}) as middle_name,
        cast(customers.last_name as {{ dbt.type_string() }}) as last_name,
        cast(customers.name_suffix as {{ dbt.type_string() }}) as name_suffix,
        cast(customers.email as {{ dbt.type_string() }}) as email,
        cast(customers.phone as {{ dbt.type_string() }}) as phone,
        cast(customers.gender as {{ dbt.type_string() }}) as gender,
        cast(customers.street as {{ dbt.type_string() }}) as street,
        cast(customers.unit as {{ dbt.type_string() }}) as unit,
        cast(customers.city as {{ dbt.type_string() }}) as city,
        cast(customers.state as {{ dbt.type_string() }}) as state,
        cast(customers.postal_code as {{ dbt.type_string() }}) as postal_code,
        cast(customers.country as {{ dbt.type_string() }}) as country,
        cast(customers.company as {{ dbt.type_string() }}) as company,
        cast(customers.job_title as {{ dbt.type_string() }}) as job_title,
        cast(customers.national_id as {{ dbt.type_string() }}) as national_id,
        cast(customer_source_lists.source_systems as {{ dbt.type_string() }}) as source_systems,
        cast(customer_totals.order_currency as {{ dbt.type_string() }}) as order_currency,

        cast(customers.record_count as bigint) as record_count,
        cast(customer_source_lists.source_system_count as bigint) as source_system_count,
        cast(coalesce(customer_totals.order_count, 0) as bigint) as order_count,
        cast(coalesce(customer_totals.order_total_amount, 0) as numeric(18, 6)) as order_total_amount,
        cast(coalesce(customer_totals.ticket_count, 0) as bigint) as ticket_count,
        cast(coalesce(customer_totals.open_ticket_count, 0) as bigint) as open_ticket_count,

        cast(customers.birth_date as date) as birth_date,

        cast(customers.first_updated_at as timestamp) as first_updated_at,
        cast(customers.last_updated_at as timestamp) as last_updated_at,
        cast(customer_totals.first_ordered_at as timestamp) as first_ordered_at,
        cast(customer_totals.last_ordered_at as timestamp) as last_ordered_at,
        cast(customer_totals.last_ticket_at as timestamp) as last_ticket_at
    from customers
    inner join customer_source_lists on customers.customer_number = customer_source_lists.customer_number
    left join customer_households on customers.customer_number = customer_households.customer_number
    left join customer_accounts on customers.customer_number = customer_accounts.customer_number
    left join customer_totals on customers.customer_number = customer_totals.customer_number

)

select * from final
