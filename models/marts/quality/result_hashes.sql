{#- One row per result: a hash of which records are together, of the golden values, and of the edges. A customer is named by the first of its record keys, so
    that the hashes follow from the source records, the rules and the training, and neither from earlier builds nor from the engine. A view, as few look. -#}
{{ config(materialized='view') }}

with crosswalk as (

    select
        customer_id,
        record_key,
        min({{ text_order('record_key') }}) over (partition by customer_id) as first_record_key
    from {{ ref('customer_crosswalk') }}

),

customers as (

    select
        customer_id,
        min(first_record_key) as first_record_key
    from crosswalk
    group by customer_id

),

golden_customers as (

    select * from {{ ref('golden_customers') }}

),

edges as (

    select * from {{ ref('identity_edges') }}

),

hashed as (

    select
        'partition' as result,
        {{ record_hash("concat_ws(' ', record_key, first_record_key)") }} as row_hash
    from crosswalk
    union all
    select
        'golden_values' as result,
        {{ record_hash(joined_values(['customers.first_record_key'] + golden_columns_of('golden_customers'))) }} as row_hash
    from golden_customers
    inner join customers on golden_customers.customer_id = customers.customer_id
    union all
    select
        'edges' as result,
        {{ record_hash(joined_values([
            'record_key_a', 'record_key_b', 'rule_name', 'match_weight', 'match_probability', 'is_accepted', 'refused_reason', 'evidence',
        ])) }} as row_hash
    from edges

),

final as (

    select
        cast(result as {{ dbt.type_string() }}) as result,
        cast(count(*) as bigint) as row_count,
        cast(sum(cast(row_hash as numeric(38, 0))) as {{ dbt.type_string() }}) as result_hash
    from hashed
    group by result

)

select * from final
