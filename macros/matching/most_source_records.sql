{# The records of one customer in one source are told apart up to this number; the last stands for as many and more. #}
{% macro most_source_records() %}
    {{ return(6) }}
{% endmacro %}
