{# A local part that is made of the person's name says nothing beside the name, so it counts only where it carries digits as well. #}
{% macro compare_email(a, b) -%}
    case
        when {{ a }}.email_key is null or {{ b }}.email_key is null then 0
        when {{ a }}.email_key = {{ b }}.email_key
            then
                case
                    when {{ a }}.is_role_mailbox or {{ a }}.email_record_count > 8 then 3
                    when {{ a }}.email_record_count > 4 then 2
                    else 1
                end
        when
            {{ a }}.email_local_key = {{ b }}.email_local_key
            and not {{ a }}.is_role_mailbox and {{ a }}.email_local_count <= 4 and length({{ a }}.email_local_key) > 4
            then
                case
                    when not ({{ a }}.is_email_made_of_name or {{ b }}.is_email_made_of_name) then 4
                    when {{ regexp_matches(a ~ '.email_local_key', '[0-9]') }} and length({{ a }}.email_letters) > greatest(length({{ a }}.first_name), length({{ b }}.first_name)) + 1 then 4
                    else 0
                end
        when
            ({{ a }}.email_local_key = {{ b }}.email_local_key and {{ is_one_edit(a ~ '.email_domain', b ~ '.email_domain') }})
            or (
                {{ a }}.email_domain = {{ b }}.email_domain
                and least(length({{ a }}.email_local_key), length({{ b }}.email_local_key)) > 4
                and {{ is_one_edit(a ~ '.email_local_key', b ~ '.email_local_key') }}
            )
            then
                case
                    when {{ a }}.email_local_key = {{ b }}.email_local_key or not ({{ a }}.is_email_made_of_name or {{ b }}.is_email_made_of_name) then 5
                    when {{ a }}.email_letters = {{ b }}.email_letters then 0
                    when left({{ a }}.email_local_key, 1) <> left({{ b }}.email_local_key, 1) then case when {{ a }}.corporate_domain = {{ b }}.corporate_domain then 6 else 7 end
                    else 5
                end
        when {{ a }}.corporate_domain = {{ b }}.corporate_domain then 6
        else 7
    end
{%- endmacro %}
