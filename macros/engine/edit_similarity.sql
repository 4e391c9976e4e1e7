{# Similarity of two texts. is_one_edit: they differ by at most one insertion, deletion, substitution or swap of neighbours. #}
{% macro jaro_winkler_similarity(a, b) %}{{ return(adapter.dispatch('jaro_winkler_similarity', 'identity_resolution')(a, b)) }}{% endmacro %}

{% macro duckdb__jaro_winkler_similarity(a, b) %}jaro_winkler_similarity({{ a }}, {{ b }}){% endmacro %}

{% macro postgres__jaro_winkler_similarity(a, b) %}{{ target.schema }}.idr_jaro_winkler({{ a }}, {{ b }}){% endmacro %}

{% macro is_one_edit(a, b) %}{{ return(adapter.dispatch('is_one_edit', 'identity_resolution')(a, b)) }}{% endmacro %}

{% macro duckdb__is_one_edit(a, b) %}(abs(length({{ a }}) - length({{ b }})) <= 1 and damerau_levenshtein({{ a }}, {{ b }}) <= 1){% endmacro %}

{% macro postgres__is_one_edit(a, b) %}{{ target.schema }}.idr_is_one_edit({{ a }}, {{ b }}){% endmacro %}

{% macro spark__jaro_winkler_similarity(a, b) %}idr_jaro_winkler({{ a }}, {{ b }}){% endmacro %}

{% macro spark__is_one_edit(a, b) %}idr_is_one_edit({{ a }}, {{ b }}){% endmacro %}
