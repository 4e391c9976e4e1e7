{# The comparisons with two or three levels. #}
{% macro compare_middle_name(a, b) -%}
    case
        when {{ a }}.middle_name is null or {{ b }}.middle_name is null then 0
        when {{ a }}.middle_name = {{ b }}.middle_name and length({{ a }}.middle_name) > 1 then 1
        when
            left({{ a }}.middle_name, 1) = left({{ b }}.middle_name, 1)
            and (
                length({{ a }}.middle_name) = 1 or length({{ b }}.middle_name) = 1
                or {{ jaro_winkler_similarity(a ~ '.middle_name', b ~ '.middle_name') }} >= 0.88
            )
            then 2
        else 3
    end
{%- endmacro %}

{# Father and son of one name: both carry a suffix, or only the one of them. #}
{% macro compare_name_suffix(a, b) -%}
    case
        when {{ a }}.name_suffix is null and {{ b }}.name_suffix is null then 0
        when {{ a }}.name_suffix = {{ b }}.name_suffix then 1
        when {{ a }}.name_suffix <> {{ b }}.name_suffix then 2
        else 3
    end
{%- endmacro %}

{% macro compare_national_id(a, b) -%}
    case
        when {{ a }}.national_id_key is null or {{ b }}.national_id_key is null then 0
        when {{ a }}.national_id_key = {{ b }}.national_id_key then 1
        when {{ is_one_edit(a ~ '.national_id_key', b ~ '.national_id_key') }} then 2
        else 3
    end
{%- endmacro %}

{% macro compare_company(a, b) -%}
    case
        when {{ a }}.company_key is null or {{ b }}.company_key is null then 0
        when {{ a }}.company_key = {{ b }}.company_key then 1
        when {{ jaro_winkler_similarity(a ~ '.company_key', b ~ '.company_key') }} >= 0.92 then 2
        else 3
    end
{%- endmacro %}

{% macro compare_gender(a, b) -%}
    case
        when {{ a }}.gender is null or {{ b }}.gender is null then 0
        when {{ a }}.gender = {{ b }}.gender then 1
        else 2
    end
{%- endmacro %}

{% macro compare_job_title(a, b) -%}
    case
        when {{ a }}.job_title_key is null or {{ b }}.job_title_key is null then 0
        when {{ a }}.job_title_key = {{ b }}.job_title_key then 1
        else 2
    end
{%- endmacro %}

{% macro compare_state(a, b) -%}
    case
        when {{ a }}.state_key is null or {{ b }}.state_key is null then 0
        when {{ a }}.state_key = {{ b }}.state_key then 1
        else 2
    end
{%- endmacro %}

{# Where one record has no first name, but an e-mail address, and the other has a first name: does the name stand in the address? #}
{% macro compare_email_name(a, b) -%}
    case
        when
            {{ a }}.first_name is null and {{ a }}.email_letters is not null and length({{ b }}.first_name) > 3 and {{ a }}.email_key is distinct from {{ b }}.email_key
            then case when {{ a }}.email_letters like '%' || {{ b }}.first_name || '%' then 1 else 2 end
        when
            {{ b }}.first_name is null and {{ b }}.email_letters is not null and length({{ a }}.first_name) > 3 and {{ a }}.email_key is distinct from {{ b }}.email_key
            then case when {{ b }}.email_letters like '%' || {{ a }}.first_name || '%' then 1 else 2 end
        else 0
    end
{%- endmacro %}
