{# Whether the engine writes a table and what it was made from in one transaction, without which a stamp could speak of content that is not there. #}
{% macro keeps_stamps() %}{{ return(adapter.dispatch('keeps_stamps', 'identity_resolution')()) }}{% endmacro %}

{% macro default__keeps_stamps() %}{{ return(true) }}{% endmacro %}

{% macro spark__keeps_stamps() %}{{ return(false) }}{% endmacro %}
