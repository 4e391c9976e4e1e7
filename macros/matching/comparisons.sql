{# The comparisons in the order of their digits in a pattern, each with the number of its levels (level 0 = no evidence: null on either side).
   A pattern is all levels of a pair in one bigint: a mixed-radix number with one digit a comparison.
   A joint comparison says how much likelier two comparisons agree together than each alone would make it; its levels are no outcomes that sum to 1.
   full_name: a level up to each bound of the sum of the two frequency levels, and one above the last; then the same again for people at different
   addresses of one town (the levels of `near`). #}
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
        {'name': 'full_name', 'levels': 21, 'joint_of': ['first_name', 'last_name'], 'bounds': [6, 8, 10, 11, 12, 13, 14, 15, 16], 'near': {'comparison': 'address', 'levels': [8, 10, 13]}},
    ]) }}
{% endmacro %}
