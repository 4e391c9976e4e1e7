{# Run before each model. The statements of a build join whole tables, whose sizes a planner guesses badly behind a few common table expressions: on Postgres a join
   by nested loops, chosen for ten rows that were ten thousand, took 30 seconds where a hash takes 0.1. Compiling expressions does not pay either. Nor does
   waiting for the disk at each of a few hundred commits: after a crash of the server the next build finds what is missing. #}
{% macro session_settings() %}{{ return(adapter.dispatch('session_settings', 'identity_resolution')()) }}{% endmacro %}

{% macro default__session_settings() %}{% endmacro %}

{% macro postgres__session_settings() %}{% if execute %}set enable_nestloop = off; set jit = off; set synchronous_commit = off{% endif %}{% endmacro %}
