{# lower_text, upper_text: case for every script. fold_accents: combining marks removed, letters kept. title_case: each word with a capital first letter;
   words end at spaces, hyphens, apostrophes and full stops. #}
{% macro lower_text(expression) %}{{ return(adapter.dispatch('lower_text', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__lower_text(expression) %}lower({{ expression }}){% endmacro %}

{% macro postgres__lower_text(expression) %}{{ target.schema }}.idr_lower({{ expression }}){% endmacro %}

{% macro upper_text(expression) %}{{ return(adapter.dispatch('upper_text', 'identity_resolution')(expression)) }}{% endmacro %}

{# the sharp s has no capital of one letter, whatever an engine makes of it #}
{% macro duckdb__upper_text(expression) %}replace(upper({{ expression }}), 'ẞ', 'ß'){% endmacro %}

{% macro postgres__upper_text(expression) %}replace({{ target.schema }}.idr_upper({{ expression }}), 'ẞ', 'ß'){% endmacro %}

{% macro fold_accents(expression) %}{{ return(adapter.dispatch('fold_accents', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__fold_accents(expression) %}strip_accents({{ expression }}){% endmacro %}

{% macro postgres__fold_accents(expression) %}{{ target.schema }}.idr_fold_accents({{ expression }}){% endmacro %}

{% macro title_case(expression) %}{{ return(adapter.dispatch('title_case', 'identity_resolution')(expression)) }}{% endmacro %}

{% macro duckdb__title_case(expression) %}array_to_string(list_transform(regexp_extract_all(lower({{ expression }}), '[^-. '']+|[-. '']+'), lambda word: upper(word[1]) || word[2:]), ''){% endmacro %}

{% macro postgres__title_case(expression) %}{{ target.schema }}.idr_title_case({{ expression }}){% endmacro %}

{# A text of the letters with the given numbers in Unicode. #}
{% macro unicode_letters(numbers) %}{{ return(adapter.dispatch('unicode_letters', 'identity_resolution')(numbers)) }}{% endmacro %}

{% macro default__unicode_letters(numbers) %}chr({{ numbers | join(') || chr(') }}){% endmacro %}

{# it has characters below 256 by number only #}
{% macro spark__unicode_letters(numbers) -%}
'{% for number in numbers %}{{ '%c' % number }}{% endfor %}'
{%- endmacro %}

{% macro spark__lower_text(expression) %}idr_lower({{ expression }}){% endmacro %}

{% macro spark__upper_text(expression) %}replace(idr_upper({{ expression }}), 'ẞ', 'ß'){% endmacro %}

{% macro spark__fold_accents(expression) %}idr_fold_accents({{ expression }}){% endmacro %}

{% macro spark__title_case(expression) %}idr_title_case({{ expression }}){% endmacro %}
