{# What a steward's decision to merge weighs as an edge, in bits: more than any evidence. #}
{% macro steward_weight() %}40{% endmacro %}
