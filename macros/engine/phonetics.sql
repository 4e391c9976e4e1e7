{# Phonetic codes of a folded name (a-z), with jellyfish's values. #}
{% macro soundex(expression) %}{{ return(adapter.dispatch('soundex', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__soundex(expression) %}idr_soundex({{ expression }}){% endmacro %}

{% macro postgres__soundex(expression) %}{{ target.schema }}.idr_soundex({{ expression }}){% endmacro %}

{% macro metaphone(expression) %}{{ return(adapter.dispatch('metaphone', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__metaphone(expression) %}idr_metaphone({{ expression }}){% endmacro %}

{% macro postgres__metaphone(expression) %}{{ target.schema }}.idr_metaphone({{ expression }}){% endmacro %}

{% macro nysiis(expression) %}{{ return(adapter.dispatch('nysiis', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__nysiis(expression) %}idr_nysiis({{ expression }}){% endmacro %}

{% macro postgres__nysiis(expression) %}{{ target.schema }}.idr_nysiis({{ expression }}){% endmacro %}
