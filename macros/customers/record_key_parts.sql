{# The two parts of a record_key, `<source_system>:<source_record_id>`; a source system has no colon. #}
{% macro key_source_system(record_key) %}split_part({{ record_key }}, ':', 1){% endmacro %}

{% macro key_source_record_id(record_key) %}substr({{ record_key }}, length(split_part({{ record_key }}, ':', 1)) + 2){% endmacro %}
