{# One round of maximum spanning trees (Borůvka, 1926), on linked pairs (customer_number, record_id_a, record_id_b, match_weight, part_id_a, part_id_b, is_link): a pair that is
   the strongest of both parts it joins becomes a link and its parts one. Pairs within a part that are no link are dropped, so that what is left at the end is
   the links. Ties go to the smaller record_ids; the strongest pair of all is always the best of both, so every round makes progress. #}
{% macro link_parts(pairs) -%}
with both_directions as (

    select
        part_id_a as part_id,
        record_id_a,
        record_id_b,
        match_weight
    from {{ pairs }}
    where not is_link
    union all
    select
        part_id_b as part_id,
        record_id_a,
        record_id_b,
        match_weight
    from {{ pairs }}
    where not is_link

),

ranked as (

    select
        part_id,
        record_id_a,
        record_id_b,
        row_number() over (
            partition by part_id
            order by match_weight desc, record_id_a, record_id_b
        ) as preference
    from both_directions

),

unions as (

    select
        record_id_a,
        record_id_b,
        min(part_id) as surviving_id,
        max(part_id) as joined_id
    from ranked
    where preference = 1
    group by record_id_a, record_id_b
    having count(*) = 2

),

joined as (

    select
        pairs.customer_number,
        pairs.record_id_a,
        pairs.record_id_b,
        pairs.match_weight,
        coalesce(union_a.surviving_id, pairs.part_id_a) as part_id_a,
        coalesce(union_b.surviving_id, pairs.part_id_b) as part_id_b,
        pairs.is_link or unions.record_id_a is not null as is_link
    from {{ pairs }} as pairs
    left join unions on pairs.record_id_a = unions.record_id_a and pairs.record_id_b = unions.record_id_b
    left join unions as union_a on pairs.part_id_a = union_a.joined_id
    left join unions as union_b on pairs.part_id_b = union_b.joined_id

)

select
    customer_number,
    record_id_a,
    record_id_b,
    match_weight,
    part_id_a,
    part_id_b,
    is_link
from joined
where is_link or part_id_a <> part_id_b
{%- endmacro %}
