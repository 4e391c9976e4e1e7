{{ config(
    materialized='delta',
    key='customer_id',
    inputs=['int_link_cuts', 'int_link_sides', 'int_described_edges', 'int_customer_members'],
) }}

with explained_customers as (

    select * from {{ ref('int_path_versions') }}
    where {{ changed('int_path_versions', 'customer_id') }}

),

link_cuts as (

    select link_cuts.*
    from {{ ref('int_link_cuts') }} as link_cuts
    inner join explained_customers on link_cuts.customer_number = explained_customers.customer_number

),

link_sides as (

    select * from {{ ref('int_link_sides') }}

),

described_edges as (

    select * from {{ ref('int_described_edges') }}

),

customer_members as (

    select * from {{ ref('int_customer_members') }}

),

-- a link is on the path between two records if they are on its two sides; of equal links the one that was chosen last counts as the weaker
numbered as (

    select
        one_side.record_id as record_id_a,
        other_side.record_id as record_id_b,
        link_cuts.record_id_a as link_record_id_a,
        link_cuts.record_id_b as link_record_id_b,
        row_number() over (
            partition by least(one_side.record_id, other_side.record_id), greatest(one_side.record_id, other_side.record_id)
            order by link_cuts.match_weight, link_cuts.record_id_a desc, link_cuts.record_id_b desc
        ) as link_number
    from link_cuts
    inner join link_sides as one_side
        on link_cuts.record_id_a = one_side.link_record_id_a and link_cuts.record_id_b = one_side.link_record_id_b
    inner join link_sides as other_side
        on link_cuts.record_id_a = other_side.link_record_id_a and link_cuts.record_id_b = other_side.link_record_id_b
    where one_side.is_on_side_a and not other_side.is_on_side_a

),

links as (

    select
        link_cuts.record_id_a,
        link_cuts.record_id_b,
        member_a.record_key as record_key_a,
        member_b.record_key as record_key_b,
        described_edges.edge_id,
        member_a.customer_id,
        link_cuts.rule_name,
        link_cuts.match_weight,
        described_edges.evidence,
        link_cuts.separating_edge_count
    from link_cuts
    inner join described_edges
        on
            link_cuts.record_id_a = described_edges.record_id_a
            and link_cuts.record_id_b = described_edges.record_id_b
            and link_cuts.rule_name = described_edges.rule_name
    inner join customer_members as member_a on link_cuts.record_id_a = member_a.record_id
    inner join customer_members as member_b on link_cuts.record_id_b = member_b.record_id

),

keyed as (

    select
        numbered.link_record_id_a,
        numbered.link_record_id_b,
        numbered.link_number,
        member_a.record_key as record_key_a,
        member_b.record_key as record_key_b,
        {{ text_order('member_a.record_key') }} < {{ text_order('member_b.record_key') }} as is_in_order
    from numbered
    inner join customer_members as member_a on numbered.record_id_a = member_a.record_id
    inner join customer_members as member_b on numbered.record_id_b = member_b.record_id

),

final as (

    select
        cast(case when keyed.is_in_order then keyed.record_key_a else keyed.record_key_b end as {{ dbt.type_string() }}) as record_key_a,
        cast(case when keyed.is_in_order then keyed.record_key_b else keyed.record_key_a end as {{ dbt.type_string() }}) as record_key_b,
        cast(links.customer_id as {{ dbt.type_string() }}) as customer_id,
        cast(keyed.link_number as bigint) as link_number,
        cast(links.edge_id as {{ dbt.type_string() }}) as edge_id,
        cast(links.record_key_a as {{ dbt.type_string() }}) as link_record_key_a,
        cast(links.record_key_b as {{ dbt.type_string() }}) as link_record_key_b,
        cast(links.rule_name as {{ dbt.type_string() }}) as rule_name,
        cast(links.match_weight as numeric(18, 6)) as match_weight,
        cast(links.evidence as {{ dbt.type_string() }}) as evidence,
        cast(links.separating_edge_count as bigint) as separating_edge_count
    from keyed
    inner join links on keyed.link_record_id_a = links.record_id_a and keyed.link_record_id_b = links.record_id_b

)

select * from final
