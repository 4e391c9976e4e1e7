{# Metaphone code of a folded name, with jellyfish's values; null for a name with letters other than a to z. #}
{% macro metaphone(expression) %}{{ return(adapter.dispatch('metaphone', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__metaphone(expression) %}idr_metaphone({{ expression }}){% endmacro %}

{% macro postgres__metaphone(expression) %}{{ target.schema }}.idr_metaphone({{ expression }}){% endmacro %}

{% macro spark__metaphone(expression) %}idr_metaphone({{ expression }}){% endmacro %}
