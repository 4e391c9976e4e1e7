{# A swap of first and last name is scored once, on the first name. #}
{% macro compare_last_name(a, b) -%}
    case
        when {{ a }}.last_name is null or {{ b }}.last_name is null then 0
        when ({{ a }}.is_last_name_imputed or {{ b }}.is_last_name_imputed) and {{ a }}.email_local_key = {{ b }}.email_local_key then 0
        when {{ a }}.last_name = {{ b }}.last_name
            then
                case
                    when length({{ a }}.last_name) = 1 then 16
                    else coalesce({{ a }}.last_name_bin, {{ b }}.last_name_bin, 5)
                end
        when {{ a }}.first_name = {{ b }}.last_name or {{ a }}.last_name = {{ b }}.first_name then 0
        when
            {{ b }}.last_name in ({{ a }}.last_name_head, {{ a }}.last_name_tail) or {{ a }}.last_name in ({{ b }}.last_name_head, {{ b }}.last_name_tail)
            then 11
        when length({{ a }}.last_name) = 1 or length({{ b }}.last_name) = 1
            then case when left({{ a }}.last_name, 1) = left({{ b }}.last_name, 1) then 16 else 17 end
        when least(length({{ a }}.last_name), length({{ b }}.last_name)) > 3 and {{ is_one_edit(a ~ '.last_name', b ~ '.last_name') }} then 12
        when {{ jaro_winkler_similarity(a ~ '.last_name', b ~ '.last_name') }} >= 0.88 then 13
        when {{ a }}.last_metaphone = {{ b }}.last_metaphone then 14
        when {{ jaro_winkler_similarity(a ~ '.last_name', b ~ '.last_name') }} >= 0.75 then 15
        else 17
    end
{%- endmacro %}
