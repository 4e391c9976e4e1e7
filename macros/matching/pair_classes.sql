{# What a pair of records can be. #}
{% macro pair_classes() %}{{ return(['match', 'household', 'colleague', 'unrelated']) }}{% endmacro %}
