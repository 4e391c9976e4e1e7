{# Run first in a build: brings back a state that a killed build was replacing, on engines whose transactions do not do so. #}
{% macro restore_state() %}{{ return(adapter.dispatch('restore_state', 'identity_resolution')()) }}{% endmacro %}

{% macro default__restore_state() %}{% endmacro %}
