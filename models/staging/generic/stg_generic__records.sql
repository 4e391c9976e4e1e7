with source as (

    select * from raw_generic.records

),

renamed as (

    select
        {%- for column in record_contract() %}
        cast({{ column }} as text) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from source

)

select * from renamed
