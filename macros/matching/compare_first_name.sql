{# Exact agreement is a level per frequency of the value. Names read off an e-mail address are no evidence beside that same address. #}
{% macro compare_first_name(a, b, nickname) -%}
    case
        when {{ a }}.first_name is null or {{ b }}.first_name is null then 0
        when ({{ a }}.is_first_name_imputed or {{ b }}.is_first_name_imputed) and {{ a }}.email_local_key = {{ b }}.email_local_key then 0
        when {{ a }}.first_name = {{ b }}.first_name
            then
                case
                    when length({{ a }}.first_name) = 1 then 16
                    else coalesce({{ a }}.first_name_bin, {{ b }}.first_name_bin, 5)
                end
        when {{ nickname }} then 11
        when length({{ a }}.first_name) = 1 or length({{ b }}.first_name) = 1
            then case when left({{ a }}.first_name, 1) = left({{ b }}.first_name, 1) then 16 else 19 end
        when {{ a }}.first_name = {{ b }}.last_name and {{ a }}.last_name = {{ b }}.first_name then 17
        when {{ a }}.first_name = {{ b }}.last_name or {{ a }}.last_name = {{ b }}.first_name then 18
        when least(length({{ a }}.first_name), length({{ b }}.first_name)) > 3 and {{ is_one_edit(a ~ '.first_name', b ~ '.first_name') }} then 12
        when {{ jaro_winkler_similarity(a ~ '.first_name', b ~ '.first_name') }} >= 0.88 then 13
        when {{ a }}.first_metaphone = {{ b }}.first_metaphone then 14
        when {{ jaro_winkler_similarity(a ~ '.first_name', b ~ '.first_name') }} >= 0.75 then 15
        else 19
    end
{%- endmacro %}
