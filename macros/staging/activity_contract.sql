{# The columns of a staging model of activities, with their types. source_record_id is the customer's; amounts are in the currency, ISO 4217. #}
{% macro activity_contract() %}
    {{ return([
        {'name': 'source_system', 'type': dbt.type_string()},
        {'name': 'source_record_id', 'type': dbt.type_string()},
        {'name': 'activity_type', 'type': dbt.type_string()},
        {'name': 'activity_id', 'type': dbt.type_string()},
        {'name': 'status', 'type': dbt.type_string()},
        {'name': 'amount', 'type': 'numeric(18, 6)'},
        {'name': 'currency', 'type': dbt.type_string()},
        {'name': 'occurred_at', 'type': 'timestamp'},
    ]) }}
{% endmacro %}
