{# The key of an edge: the ids of its records, the smaller first, and its rule. #}
{% macro edge_id(record_id_a, record_id_b, rule_name) -%}
md5(cast({{ record_id_a }} as {{ dbt.type_string() }}) || ' ' || cast({{ record_id_b }} as {{ dbt.type_string() }}) || ' ' || {{ rule_name }})
{%- endmacro %}
