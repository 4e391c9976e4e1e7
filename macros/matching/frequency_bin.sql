{# Term frequency as a level: 1 for values that more than one record in 100 carries, 10 for the rarest. The bounds are those of the seed level_probabilities. #}
{% macro frequency_bin(record_count, total) -%}
    case
        {%- for share in [100, 250, 600, 1500, 4000, 10000, 25000, 60000, 150000] %}
        when {{ record_count }} * {{ share }} > {{ total }} then {{ loop.index }}
        {%- endfor %}
        else 10
    end
{%- endmacro %}
