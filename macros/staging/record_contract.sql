{# The columns of a staging model of customers, all text as delivered. #}
{% macro record_contract() %}
    {{ return([
        'source_system', 'source_record_id', 'full_name', 'first_name', 'middle_name', 'last_name', 'email', 'phone', 'date_of_birth', 'gender',
        'street', 'city', 'state', 'postal_code', 'country', 'company', 'job_title', 'national_id', 'updated_at',
    ]) }}
{% endmacro %}
