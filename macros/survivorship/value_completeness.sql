{# How much a value of int_source_records says, for strategy most_complete: a name rather than an initial, a first name and surname together rather than
   one word that may be either, a mailbox of one's own rather than info@, a day rather than 1 January (which often stands for "only the year is known"), an
   address that mail reaches rather than a town. #}
{% macro value_completeness(attribute) -%}
    {%- if attribute in ['first_name', 'middle_name', 'last_name'] -%}
        case
            when {{ regexp_matches(attribute ~ '_key', '^[a-z]( [a-z])*$') }} then 0
            when first_name is null or last_name is null then 1
            else 2
        end
    {%- elif attribute == 'email' -%}
        case when is_role_mailbox then 0 else 1 end
    {%- elif attribute == 'birth_date' -%}
        case when extract(month from birth_date) = 1 and extract(day from birth_date) = 1 then 0 else 1 end
    {%- elif attribute == 'address' -%}
        case
            when street is not null and coalesce(postal_code, city) is not null then 2
            when coalesce(street, postal_code, city) is not null then 1
            else 0
        end
    {%- else -%}
        1
    {%- endif -%}
{%- endmacro %}
