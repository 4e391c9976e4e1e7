{# The evidence of a pair as JSON: that of its pattern, and that of the sources of its fragments where it was weighed. #}
{% macro pair_evidence(pattern_evidence, pair) -%}
case
    when {{ pair }}.source_weight is null then {{ pattern_evidence }}
    else
        left({{ pattern_evidence }}, length({{ pattern_evidence }}) - 1) || ',"source_counts":{"level":'
        || {{ json_text("case when " ~ pair ~ ".shared_sources = 'none' then 'no source in common' else 'both in ' || " ~ pair ~ ".shared_sources end") }}
        || ',"weight":' || cast(cast({{ pair }}.source_weight as numeric(18, 2)) as {{ dbt.type_string() }}) || '}}'
end
{%- endmacro %}
