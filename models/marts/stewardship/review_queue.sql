with open_pairs as (

    select * from {{ ref('int_open_pairs') }}

),

pattern_evidence as (

    select * from {{ ref('int_pattern_evidence') }}

),

customer_members as (

    select * from {{ ref('int_customer_members') }}

),

final as (

    select
        cast(md5(concat_ws(' ', open_pairs.record_id_a, open_pairs.record_id_b)) as {{ dbt.type_string() }}) as review_id,
        cast(member_a.record_key as {{ dbt.type_string() }}) as record_key_a,
        cast(member_b.record_key as {{ dbt.type_string() }}) as record_key_b,
        cast(member_a.customer_id as {{ dbt.type_string() }}) as customer_id_a,
        cast(member_b.customer_id as {{ dbt.type_string() }}) as customer_id_b,
        cast(open_pairs.reason as {{ dbt.type_string() }}) as reason,
        cast({{ pair_evidence('pattern_evidence.evidence', 'open_pairs') }} as {{ dbt.type_string() }}) as evidence,
        cast(open_pairs.match_weight as numeric(18, 6)) as match_weight,
        cast(open_pairs.match_probability as numeric(18, 6)) as match_probability
    from open_pairs
    left join pattern_evidence on open_pairs.pattern = pattern_evidence.pattern
    inner join customer_members as member_a on open_pairs.record_id_a = member_a.record_id
    inner join customer_members as member_b on open_pairs.record_id_b = member_b.record_id

)

select * from final
