{#- One row per pair of records that stewards have decided to be two people, as the decision is applied. -#}
{{ config(materialized='view') }}

{{ decided_pairs('no_match') }}
