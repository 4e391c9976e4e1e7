{# The columns of a staging model of activities, with their types. source_record_id is the customer's. #}
{% macro activity_contract() %}
    {{ return([
        {'name': 'source_system', 'type': 'text'},
        {'name': 'source_record_id', 'type': 'text'},
        {'name': 'activity_type', 'type': 'text'},
        {'name': 'activity_id', 'type': 'text'},
        {'name': 'status', 'type': 'text'},
        {'name': 'amount', 'type': 'numeric(18, 6)'},
        {'name': 'occurred_at', 'type': 'timestamp'},
    ]) }}
{% endmacro %}
