{% macro compare_phone(a, b) -%}
    case
        when {{ a }}.phone_key is null or {{ b }}.phone_key is null then 0
        when {{ a }}.phone_key = {{ b }}.phone_key
            then
                case
                    when {{ a }}.phone_last_name_count > 4 then 1
                    when {{ a }}.phone_last_name_count > 2 then 2
                    when {{ a }}.phone_record_count > 4 then 3
                    else 4
                end
        when {{ is_one_edit(a ~ '.phone_key', b ~ '.phone_key') }} then 5
        else 6
    end
{%- endmacro %}
