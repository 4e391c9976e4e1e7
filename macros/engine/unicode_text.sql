{# lower_text: lower case for every script. fold_accents: combining marks removed, letters kept. #}
{% macro lower_text(expression) %}{{ return(adapter.dispatch('lower_text', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__lower_text(expression) %}lower({{ expression }}){% endmacro %}

{% macro postgres__lower_text(expression) %}{{ target.schema }}.idr_lower({{ expression }}){% endmacro %}

{% macro fold_accents(expression) %}{{ return(adapter.dispatch('fold_accents', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__fold_accents(expression) %}strip_accents({{ expression }}){% endmacro %}

{% macro postgres__fold_accents(expression) %}{{ target.schema }}.idr_fold_accents({{ expression }}){% endmacro %}
