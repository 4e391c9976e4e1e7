{%- set problems = [
    ('name', 'name_problem'), ('email', 'email_problem'), ('phone', 'phone_problem'), ('date_of_birth', 'birth_date_problem'),
    ('address', 'address_problem'), ('country', 'country_problem'), ('gender', 'gender_problem'), ('company', 'company_problem'), ('job_title', 'job_title_problem'),
    ('national_id', 'national_id_problem'), ('updated_at', 'updated_at_problem'),
] -%}
with normalised_records as (

    select * from {{ ref('int_normalised_records') }}
    where quarantine_reason is null

),

final as (

    {% for attribute, column in problems -%}
    select
        source_system || ':' || source_record_id as record_key,
        source_system,
        '{{ attribute }}' as attribute,
        {{ column }} as reason
    from normalised_records
    where {{ column }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
