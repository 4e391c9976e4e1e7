{#- One row per comparison × level of exact agreement: how many of all pairs of records are in it. A value on k records makes k (k - 1) / 2 pairs: what a
    sample cannot see, as rare values agree rarely, is counted. -#}
with features as (

    select * from {{ ref('int_record_features') }}

),

exact_values as (

    {% for name in ['first_name', 'last_name'] -%}
    select
        '{{ name }}' as comparison,
        coalesce({{ name }}_bin, 5) as level,
        count(*) as record_count
    from features
    where length({{ name }}) > 1
    group by {{ name }}, coalesce({{ name }}_bin, 5)
    union all
    {% endfor -%}
    select
        'birth_date' as comparison,
        case when birth_month_day is null then 2 else 1 end as level,
        count(*) as record_count
    from features
    where birth_text is not null
    group by birth_text, birth_month_day
    union all
    select
        'email' as comparison,
        case
            when bool_or(is_role_mailbox) or max(email_record_count) > 8 then 3
            when max(email_record_count) > 4 then 2
            else 1
        end as level,
        count(*) as record_count
    from features
    where email_key is not null
    group by email_key
    union all
    select
        'phone' as comparison,
        case
            when max(phone_last_name_count) > 4 then 1
            when max(phone_last_name_count) > 2 then 2
            when max(phone_record_count) > 4 then 3
            else 4
        end as level,
        count(*) as record_count
    from features
    where phone_key is not null
    group by phone_key
    {%- for name in ['national_id', 'company'] %}
    union all
    select
        '{{ name }}' as comparison,
        1 as level,
        count(*) as record_count
    from features
    where {{ name }}_key is not null
    group by {{ name }}_key
    {%- endfor %}

),

final as (

    select
        comparison,
        level,
        cast(sum(cast(record_count as numeric(38, 0)) * (record_count - 1)) / 2 as bigint) as pair_count
    from exact_values
    group by comparison, level

)

select * from final
