{# Street, postal code and city depend on each other, so they are one comparison. A similar street is one with the same number and nearly the same name. #}
{% macro compare_address(a, b) -%}
    case
        when {{ a }}.street_key = {{ b }}.street_key and {{ a }}.postal_code_key = {{ b }}.postal_code_key
            then case when {{ a }}.unit_key <> {{ b }}.unit_key then 3 else 1 end
        when {{ a }}.street_key = {{ b }}.street_key and ({{ a }}.city_key = {{ b }}.city_key or {{ is_one_edit(a ~ '.postal_code_key', b ~ '.postal_code_key') }})
            then case when {{ a }}.unit_key <> {{ b }}.unit_key then 3 else 2 end
        when
            coalesce({{ a }}.house_number = {{ b }}.house_number, true)
            and {{ jaro_winkler_similarity(a ~ '.street_key', b ~ '.street_key') }} >= 0.9
            then
                case
                    when {{ a }}.postal_code_key = {{ b }}.postal_code_key then 4
                    when {{ a }}.city_key = {{ b }}.city_key or {{ is_one_edit(a ~ '.postal_code_key', b ~ '.postal_code_key') }} then 5
                    else 6
                end
        when {{ a }}.postal_code_key = {{ b }}.postal_code_key
            then case when {{ a }}.street_key is null or {{ b }}.street_key is null then 7 else 8 end
        when {{ a }}.city_key = {{ b }}.city_key
            then
                case
                    when {{ a }}.street_key <> {{ b }}.street_key or {{ a }}.postal_code_key <> {{ b }}.postal_code_key
                        then case when {{ a }}.city_bin = 3 then 10 else 13 end
                    else case {{ a }}.city_bin when 3 then 9 when 2 then 11 else 12 end
                end
        when {{ is_one_edit(a ~ '.city_key', b ~ '.city_key') }} or {{ jaro_winkler_similarity(a ~ '.city_key', b ~ '.city_key') }} >= 0.92
            then case when {{ a }}.street_key <> {{ b }}.street_key or {{ a }}.postal_code_key <> {{ b }}.postal_code_key then 13 else 11 end
        when
            {{ a }}.street_key <> {{ b }}.street_key or {{ a }}.postal_code_key <> {{ b }}.postal_code_key or {{ a }}.city_key <> {{ b }}.city_key
            then 14
        else 0
    end
{%- endmacro %}
