{#- One row per source record × time at which it came to another customer than the one it had before, even if it had gone in between. -#}
with customer_assignments as (

    select * from {{ ref('int_customer_assignments') }}

),

ended_assignments as (

    select distinct record_id from customer_assignments
    where not is_latest

),

final as (

    {{ moves_of_records('customer_assignments', 'ended_assignments') }}

)

select * from final
