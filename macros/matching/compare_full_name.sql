{# Namesakes: two people agree on both names more often than their names would by chance, since first names go with last names (by origin, in families), and
   the more so the rarer the names are and in one town. The levels follow the sum of both frequency levels. #}
{% macro compare_full_name(a, b) -%}
    {%- set rarity = 'coalesce(' ~ a ~ '.first_name_bin, ' ~ b ~ '.first_name_bin, 5) + coalesce(' ~ a ~ '.last_name_bin, ' ~ b ~ '.last_name_bin, 5)' -%}
    {%- set settings = comparisons() | selectattr('name', 'equalto', 'full_name') | first -%}
    {%- set bounds = settings.bounds -%}
    case
        when
            {{ a }}.first_name = {{ b }}.first_name and length({{ a }}.first_name) > 1
            and {{ a }}.last_name = {{ b }}.last_name and length({{ a }}.last_name) > 1
            and not coalesce(
                (
                    {{ a }}.is_first_name_imputed or {{ b }}.is_first_name_imputed
                    or {{ a }}.is_last_name_imputed or {{ b }}.is_last_name_imputed
                )
                and {{ a }}.email_local_key = {{ b }}.email_local_key,
                false
            )
            then
                case {% for bound in bounds %}when {{ rarity }} < {{ bound }} then {{ loop.index }} {% endfor %}else {{ bounds | length + 1 }} end
                + case when ({{ compare_address(a, b) }}) in ({{ settings.near.levels | join(', ') }}) then {{ bounds | length + 1 }} else 0 end
        else 0
    end
{%- endmacro %}
