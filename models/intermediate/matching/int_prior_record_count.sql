{#- One row: the number of records that the prior odds of a match are reckoned with, in steps of an eighth of an octave, so that a weight does not change with
    every record that comes or goes. -#}
with features as (

    select * from {{ ref('int_record_features') }}

),

final as (

    select {{ power_of_2('round(8 * ' ~ log2('greatest(count(*), 2)') ~ ') / 8') }} as record_count
    from features

)

select * from final
