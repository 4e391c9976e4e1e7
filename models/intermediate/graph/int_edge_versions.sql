{#- One row per edge, with a number that differs when the edge or the customers of its records differ. A view, as it is read once. -#}
{{ config(materialized='view') }}

with identity_edges as (

    select
        edge_key,
        record_id_a,
        record_id_b,
        row_version
    from {{ ref('int_identity_edges') }}

),

customer_members as (

    select
        record_id,
        {{ key_hash(['customer_id']) }} as customer_hash
    from {{ ref('int_customer_members') }}

),

final as (

    select
        identity_edges.edge_key,
        {{ key_hash(['identity_edges.row_version', 'member_a.customer_hash', 'member_b.customer_hash']) }} as row_version
    from identity_edges
    inner join customer_members as member_a on identity_edges.record_id_a = member_a.record_id
    inner join customer_members as member_b on identity_edges.record_id_b = member_b.record_id

)

select * from final
