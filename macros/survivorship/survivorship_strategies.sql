{# The strategies of seed survivorship_rules, each with the column of int_contested_values that it compares: the highest wins, null loses. #}
{% macro survivorship_strategies() %}
    {{ return([
        {'name': 'source_priority', 'score': 'source_rank'},
        {'name': 'most_recent', 'score': 'last_seen'},
        {'name': 'most_complete', 'score': 'completeness'},
        {'name': 'most_frequent', 'score': 'frequency'},
        {'name': 'longest', 'score': 'value_length'},
    ]) }}
{% endmacro %}
