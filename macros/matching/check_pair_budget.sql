{# Run before candidate pairs are made: stops the build, in one line, where more of them are to be expected than max_candidate_pairs. #}
{% macro check_pair_budget() %}
    {%- if execute and not flags.EMPTY and flags.WHICH in ['build', 'run', 'retry'] -%}
        {%- set expected = run_query(
            'select coalesce(max(accumulated_pair_count), 0) from ' ~ ref('int_blocking_rules') ~ ' where is_used'
        ).columns[0].values()[0] | int -%}
        {%- if expected > var('max_candidate_pairs') -%}
            {%- do exceptions.raise_compiler_error(
                'blocking_rules: about ' ~ '{:,}'.format(expected) ~ ' candidate pairs would be compared, more than max_candidate_pairs ('
                ~ '{:,}'.format(var('max_candidate_pairs')) ~ '): lower candidate_pairs_per_record, or raise it'
            ) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
