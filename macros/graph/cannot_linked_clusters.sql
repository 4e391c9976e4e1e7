{# Pairs of clusters of a relation (record_id, cluster_id) that a steward keeps apart. #}
{% macro cannot_linked_clusters(clusters) -%}
select distinct
    least(one.cluster_id, other.cluster_id) as cluster_id_a,
    greatest(one.cluster_id, other.cluster_id) as cluster_id_b
from {{ ref('int_cannot_links') }} as cannot_links
inner join {{ clusters }} as one on cannot_links.record_id_a = one.record_id
inner join {{ clusters }} as other on cannot_links.record_id_b = other.record_id
where one.cluster_id <> other.cluster_id
{%- endmacro %}
