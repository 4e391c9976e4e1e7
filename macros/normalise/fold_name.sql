{# Matching key of a name or word: lower case, accents folded, Cyrillic and Greek transliterated, Latin letters and single spaces only; other scripts stay
   as they are. A hyphen or full stop parts words, an apostrophe does not. An umlaut becomes its base letter: "Mueller" and "Muller" are then one edit
   apart, while writing a for ae, o for oe and u for ue everywhere would damage Michael, Joel and Samuel. #}
{% macro fold_name(expression) -%}
nullif(trim({{ regexp_replace(regexp_replace(_transliterate(expression), '[-.,_/&+\\x01-\\x20]+', ' '), '[!-,/:-@\\[-`{-~0-9]', '') }}), '')
{%- endmacro %}

{# The same with digits kept: companies, job titles, streets, cities. #}
{% macro fold_name_with_digits(expression) -%}
nullif(trim({{ regexp_replace(regexp_replace(_transliterate(expression), '[-.,_/&+\\x01-\\x20]+', ' '), '[!-,/:-@\\[-`{-~]', '') }}), '')
{%- endmacro %}

{% macro _transliterate(expression) -%}
{%- set ns = namespace(sql=fold_accents(lower_text(expression))) -%}
{%- for letters, latin in [
    ('ß', 'ss'), ('æ', 'ae'), ('œ', 'oe'), ('þ', 'th'), ('ж', 'zh'), ('х', 'kh'), ('ц', 'ts'), ('ч', 'ch'), ('ш', 'sh'), ('щ', 'shch'), ('ю', 'yu'), ('я', 'ya'),
    ('є', 'ye'), ('θ', 'th'), ('χ', 'ch'), ('ψ', 'ps'),
] -%}
    {%- set ns.sql = "replace(" ~ ns.sql ~ ", '" ~ letters ~ "', '" ~ latin ~ "')" -%}
{%- endfor -%}
translate(
    {{ ns.sql }},
    'øłđðıħŋабвгдезийклмнопрстуфыэіґαβγδεζηικλμνξοπρσςτυφωьъ''’‘`´ʻʼ',
    'olddihnabvgdeziiklmnoprstufyeigavgdeziiklmnxoprsstyfo'
)
{%- endmacro %}
