{# The comparisons in the order of their digits in a pattern, each with the number of its levels (level 0 = no evidence: null on either side).
   A pattern is all levels of a pair in one bigint: a mixed-radix number with one digit a comparison. #}
{% macro comparisons() %}
    {{ return([
        {'name': 'first_name', 'levels': 20},
        {'name': 'last_name', 'levels': 18},
        {'name': 'birth_date', 'levels': 9},
        {'name': 'email', 'levels': 8},
        {'name': 'phone', 'levels': 7},
        {'name': 'address', 'levels': 15},
        {'name': 'middle_name', 'levels': 4},
        {'name': 'name_suffix', 'levels': 4},
        {'name': 'national_id', 'levels': 4},
        {'name': 'company', 'levels': 4},
        {'name': 'gender', 'levels': 3},
        {'name': 'job_title', 'levels': 3},
        {'name': 'state', 'levels': 3},
        {'name': 'email_name', 'levels': 3},
    ]) }}
{% endmacro %}
