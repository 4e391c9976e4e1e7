{#- One row per pair of records that stewards have decided to be one person, as the decision is applied. -#}
{{ config(materialized='view') }}

{{ decided_pairs('match') }}
