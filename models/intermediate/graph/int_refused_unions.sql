{#- One row per pair of final clusters with evidence for one customer, with the guard that refused it. -#}
with evidence as (

    {{ cluster_pair_evidence(ref('int_contested_clusters')) }}

)

select * from evidence
