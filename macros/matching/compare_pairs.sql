{# Comparison vectors of the pairs in a relation (record_id_a, record_id_b): one row per pair with its pattern, which is all levels in one number. #}
{% macro compare_pairs(pairs) -%}
select
    pairs.record_id_a,
    pairs.record_id_b,
    {% for digit in comparison_digits() -%}
    {%- if digit.name == 'first_name' -%}
    cast(({{ compare_first_name('a', 'b', 'nickname_pairs.first_name_a is not null') }}) as bigint)
    {%- else -%}
    + cast({{ digit.place_value }} as bigint) * ({{ context['compare_' ~ digit.name]('a', 'b') }})
    {%- endif %}
    {% endfor -%}
    as pattern
from {{ pairs }} as pairs
inner join {{ ref('int_record_features') }} as a on pairs.record_id_a = a.record_id
inner join {{ ref('int_record_features') }} as b on pairs.record_id_b = b.record_id
left join {{ ref('int_nickname_pairs') }} as nickname_pairs on a.first_name = nickname_pairs.first_name_a and b.first_name = nickname_pairs.first_name_b
{%- endmacro %}
