{# Matching key of a company: folded, without its legal form, so that "Acme, Inc." and "ACME Incorporated" meet. #}
{% macro company_key(expression) -%}
coalesce(
    nullif(
        {{ regexp_replace_first(
            fold_name_with_digits(expression),
            '( (inc|incorporated|corp|corporation|co|company|llc|llp|lp|ltd|limited|plc|gmbh|mbh|ag|kg|ohg|ug|ev|se|sa|sas|sarl|srl|spa|sl|bv|nv|ab|as|oy|aps|pty|pte|pvt))+$',
            ''
        ) }},
        ''
    ),
    {{ fold_name_with_digits(expression) }}
)
{%- endmacro %}
