{# Run before each model. The statements of a build join whole tables, whose sizes a planner guesses badly behind a few common table expressions: on Postgres a join
   by nested loops, chosen for ten rows that were ten thousand, took 30 seconds where a hash takes 0.1. Compiling expressions does not pay either. #}
{% macro plan_by_hashing() %}{{ return(adapter.dispatch('plan_by_hashing', 'identity_resolution')()) }}{% endmacro %}

{% macro default__plan_by_hashing() %}{% endmacro %}

{% macro postgres__plan_by_hashing() %}{% if execute %}set enable_nestloop = off; set jit = off{% endif %}{% endmacro %}
