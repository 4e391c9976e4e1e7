{% macro compare_birth_date(a, b) -%}
    case
        when {{ a }}.birth_text is null or {{ b }}.birth_text is null then 0
        when {{ a }}.birth_text = {{ b }}.birth_text then case when {{ a }}.birth_month_day is null then 2 else 1 end
        when
            left({{ a }}.birth_text, 4) = left({{ b }}.birth_text, 4)
            and ({{ a }}.birth_month_day is null or {{ b }}.birth_month_day is null)
            then 4
        when
            {{ is_one_edit(a ~ '.birth_text', b ~ '.birth_text') }}
            or (
                left({{ a }}.birth_text, 4) = left({{ b }}.birth_text, 4)
                and substr({{ a }}.birth_text, 5, 2) = substr({{ b }}.birth_text, 7, 2)
                and substr({{ a }}.birth_text, 7, 2) = substr({{ b }}.birth_text, 5, 2)
            )
            then 3
        when
            {% for position in range(1, 9) -%}
            case when substr({{ a }}.birth_text, {{ position }}, 1) = substr({{ b }}.birth_text, {{ position }}, 1) then 1 else 0 end{{ ' + ' if not loop.last }}
            {%- endfor %} = 6
            then 5
        when left({{ a }}.birth_text, 4) = left({{ b }}.birth_text, 4) then 6
        when abs({{ days_between(b ~ '.birth_date', a ~ '.birth_date') }}) >= {{ var('generation_years') }} * 365 then 7
        else 8
    end
{%- endmacro %}
