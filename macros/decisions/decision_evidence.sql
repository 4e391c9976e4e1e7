{# Who decided what about a pair, when and why, as JSON. #}
{% macro decision_evidence(decisions) -%}
'{"decided_by":' || coalesce({{ json_text(decisions ~ '.decided_by') }}, 'null')
|| ',"decided_at":' || coalesce({{ json_text('cast(' ~ decisions ~ '.decided_at as ' ~ dbt.type_string() ~ ')') }}, 'null')
|| ',"reason":' || coalesce({{ json_text(decisions ~ '.reason') }}, 'null') || '}'
{%- endmacro %}
