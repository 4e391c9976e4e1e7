{# What survives into the golden record, in the order of its columns. An attribute of several columns survives as a whole, from one record.
   key: the columns of int_source_records by which two values count as one, however they are written. #}
{% macro golden_attributes() %}
    {{ return([
        {'name': 'first_name', 'columns': ['first_name'], 'key': ['first_name_key']},
        {'name': 'middle_name', 'columns': ['middle_name'], 'key': ['middle_name_key']},
        {'name': 'last_name', 'columns': ['last_name'], 'key': ['last_name_key']},
        {'name': 'name_suffix', 'columns': ['name_suffix'], 'key': ['name_suffix']},
        {'name': 'email', 'columns': ['email'], 'key': ['email_key']},
        {'name': 'phone', 'columns': ['phone'], 'key': ['phone_key']},
        {'name': 'birth_date', 'columns': ['birth_date'], 'key': ['birth_date']},
        {'name': 'gender', 'columns': ['gender'], 'key': ['gender']},
        {
            'name': 'address',
            'columns': ['street', 'unit', 'city', 'state', 'postal_code', 'country'],
            'key': ['street_key', 'coalesce(postal_code_key, city_key)'],
        },
        {'name': 'company', 'columns': ['company'], 'key': ['company_key']},
        {'name': 'job_title', 'columns': ['job_title'], 'key': ['job_title_key']},
        {'name': 'national_id', 'columns': ['national_id'], 'key': ['national_id_key']},
    ]) }}
{% endmacro %}
