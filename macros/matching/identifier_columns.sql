{# The types of identifiers by which records are linked in pass 1, each with the column of int_record_features that holds its value. #}
{% macro identifier_columns() %}
    {{ return([
        {'identifier_type': 'email', 'column': 'email_key'},
        {'identifier_type': 'phone', 'column': 'phone_key'},
        {'identifier_type': 'national_id', 'column': 'national_id_key'},
    ]) }}
{% endmacro %}
