{# One round of agglomerative clustering with constraints: of all unions that no guard forbids, those are made that both clusters like best. The strongest
   evidence is used first, so a cluster that must not become whole is cut where its evidence is weakest. Ties go to the smaller record_ids. #}
{% macro merge_clusters(clusters) -%}
with evidence as (

    {{ cluster_pair_evidence(clusters) }}

),

allowed as (

    select * from evidence
    where refused_reason is null

),

{{ best_unions('allowed') }}

select
    clusters.component_id,
    clusters.record_id,
    coalesce(unions.surviving_id, clusters.cluster_id) as cluster_id
from {{ clusters }} as clusters
left join unions on clusters.cluster_id = unions.joined_id
{%- endmacro %}

{# CTEs that end in `unions` (surviving_id, joined_id): of the possible unions in a relation (cluster_id_a, cluster_id_b, mean_weight, highest_weight) those
   that both clusters like best. Ties go to the smaller record_ids. #}
{% macro best_unions(allowed) -%}
both_directions as (

    select
        cluster_id_a as cluster_id,
        cluster_id_b as partner_id,
        mean_weight,
        highest_weight
    from {{ allowed }}
    union all
    select
        cluster_id_b as cluster_id,
        cluster_id_a as partner_id,
        mean_weight,
        highest_weight
    from {{ allowed }}

),

ranked as (

    select
        cluster_id,
        partner_id,
        row_number() over (
            partition by cluster_id
            order by
                mean_weight desc,
                highest_weight desc,
                least(cluster_id, partner_id),
                greatest(cluster_id, partner_id)
        ) as preference
    from both_directions

),

unions as (

    select
        one.cluster_id as surviving_id,
        other.cluster_id as joined_id
    from ranked as one
    inner join ranked as other
        on
            one.partner_id = other.cluster_id
            and other.partner_id = one.cluster_id
            and one.cluster_id < other.cluster_id
    where one.preference = 1 and other.preference = 1

)
{%- endmacro %}
