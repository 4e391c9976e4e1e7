{# A term on fewer records than this is rare: its frequency is not measured. One of fewer customers is named in no trained model. #}
{% macro least_term_count() %}{{ return(5) }}{% endmacro %}
