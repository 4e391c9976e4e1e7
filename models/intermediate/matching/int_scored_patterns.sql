{{ config(materialized='delta', key='pattern') }}

with compared_patterns as (

    select * from {{ ref('int_compared_patterns') }}
    where {{ changed('int_compared_patterns', 'pattern') }}

),

scored as (

    {{ score_patterns('compared_patterns') }}

)

select * from scored
