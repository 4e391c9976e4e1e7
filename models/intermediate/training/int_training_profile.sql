{#- One row per attribute: on how many records it is, and on how many records in all. -#}
{%- set columns = {
    'first_name': 'first_name', 'last_name': 'last_name', 'birth_date': 'birth_text', 'email': 'email_key', 'phone': 'phone_key',
    'address': 'coalesce(street_key, postal_code_key, city_key)', 'middle_name': 'middle_name', 'name_suffix': 'name_suffix',
    'national_id': 'national_id_key', 'company': 'company_key', 'gender': 'gender', 'job_title': 'job_title_key', 'state': 'state_key',
} -%}
with features as (

    select * from {{ ref('int_record_features') }}

),

final as (

    {% for attribute, column in columns.items() -%}
    select
        '{{ attribute }}' as attribute,
        count({{ column }}) as filled_count,
        count(*) as record_count
    from features
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
