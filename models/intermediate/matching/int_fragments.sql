{#- One row per source record: the fragment of a customer that certain edges alone make of it, named by the smallest record_id in it. -#}
with features as (

    select * from {{ ref('int_record_features') }}

),

fragment_roots as (

    select * from {{ ref('int_fragment_roots') }}

),

final as (

    select
        features.record_id,
        features.source_system,
        coalesce(fragment_roots.root, features.record_id) as fragment_id
    from features
    left join fragment_roots on features.record_id = fragment_roots.node

)

select * from final
