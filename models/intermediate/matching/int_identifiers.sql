with features as (

    select * from {{ ref('int_record_features') }}

),

final as (

    {% for identifier_type, column in [('email', 'email_key'), ('phone', 'phone_key'), ('national_id', 'national_id_key')] -%}
    select
        record_id,
        '{{ identifier_type }}' as identifier_type,
        {{ column }} as identifier_value
    from features
    where {{ column }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
