{# Regular expressions for what stands around a name: titles before it, generational suffixes and letters after it, particles that begin a surname. #}
{% macro name_title_pattern() %}{{ return(
    "(?i)^((mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rt hon|hon|rev|reverend|admiral|general|colonel|col|captain|capt|lieutenant|lt|sergeant|sgt|herr|frau|hr|fr|mme|mlle|monsieur|madame|m\\.|sr\\.|sra|srta|senor|señor|señora|dott|dott\\.ssa|sig|sig\\.ra|dhr|mevr|ing|dipl\\.-ing)\\.? +)+"
) }}{% endmacro %}

{% macro name_suffix_pattern() %}{{ return("(?i)[ ,]+\\(?(jr|sr|jnr|snr|junior|senior|ii|iii|iv|2nd|3rd|4th)\\.?\\)?$") }}{% endmacro %}

{% macro name_letters_pattern() %}{{ return("(?i)([ ,]+(md|m\\.d|phd|ph\\.d|esq|esquire|cpa|dds|mba|jd|rn|kbe|dbe|cbe|obe|mbe|(\\d+(st|nd|rd|th) )?(baronet|bart|bt))\\.?)+$") }}{% endmacro %}

{# A part of a name that is a title or letters and nothing more. #}
{% macro name_affix_only_pattern() %}{{ return(
    "(?i)^(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|hon|rev|reverend|capt|captain|col|colonel|lt|sgt|md|phd|esq|esquire|baronet|bart|bt|\\d+(st|nd|rd|th))[.,]*$"
) }}{% endmacro %}

{% macro name_particle_pattern() %}{{ return(
    "(?i) ((de|del|della|di|da|das|do|dos|du|des|la|le|van|von|vom|zu|zum|zur|der|den|ten|ter|bin|ibn|al|el|st\\.?|af|av) .+)$"
) }}{% endmacro %}

{# The canonical suffix of a matched one. #}
{% macro canonical_suffix(expression) -%}
case lower({{ expression }})
    when 'jr' then 'jr' when 'jnr' then 'jr' when 'junior' then 'jr'
    when 'sr' then 'sr' when 'snr' then 'sr' when 'senior' then 'sr'
    when 'ii' then 'ii' when '2nd' then 'ii'
    when 'iii' then 'iii' when '3rd' then 'iii'
    when 'iv' then 'iv' when '4th' then 'iv'
end
{%- endmacro %}
