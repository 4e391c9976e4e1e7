{# Why two records can never be in one customer, if so: birth dates a generation apart, or two generational suffixes, where the pair is no match by
   its own score. A single wrong date between records that agree on all else is a typing error; between namesakes it is father and son, whom a
   third record without a date must not bring together. Deterministic edges do not count here: they do not look at dates of the other records. #}
{% macro pair_conflict(pair) -%}
case
    when {{ pair }}.match_probability >= {{ var('merge_threshold') }} then null
    when {{ pattern_level(pair ~ '.pattern', 'birth_date') }} = 7 then 'conflicting_birth_dates'
    when {{ pattern_level(pair ~ '.pattern', 'name_suffix') }} = 2 then 'conflicting_name_suffixes'
end
{%- endmacro %}
