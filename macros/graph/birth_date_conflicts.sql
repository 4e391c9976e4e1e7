{# The groups of a relation (keys, birth_date, birth_month_day, record_count) that hold the birth dates of two generations: dates so many years apart, each
   given by enough records, on different days of the year. Dates that differ in nothing but the year are a typing error of one date more often than a parent
   and a child born on the same day. #}
{% macro birth_date_conflicts(relation, keys) -%}
select distinct
    {%- for key in keys %}
    one.{{ key }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ relation }} as one
inner join {{ relation }} as other
    on
        {% for key in keys -%}
        one.{{ key }} = other.{{ key }}
        and {% endfor -%}
        one.birth_month_day <> other.birth_month_day
        and {{ days_between('one.birth_date', 'other.birth_date') }} >= {{ var('generation_years') }} * 365
where
    one.record_count >= {{ var('birth_date_confirmations') }}
    and other.record_count >= {{ var('birth_date_confirmations') }}
{%- endmacro %}
