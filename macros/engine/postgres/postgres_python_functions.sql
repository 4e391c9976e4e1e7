{# idr_jaro_winkler in Python, by jellyfish, where the server has the language plpython3u and jellyfish, and the role may use them: the values of the function
   in PL/pgSQL, at a fraction of the time. idr_metaphone too, if its version is 1.0 or later: earlier ones, as Debian has, give other codes. #}
{% macro postgres_python_functions(jellyfish_version) %}
create or replace function {{ target.schema }}.idr_jaro_winkler(a text, b text) returns double precision
language plpython3u immutable strict parallel safe as $function$
if not a or not b:
    return 0.0
if a == b:
    return 1.0
if "jaro_winkler" not in GD:
    import jellyfish
    GD["jaro_winkler"] = jellyfish.jaro_winkler_similarity
return GD["jaro_winkler"](a, b)
$function$;

{% if jellyfish_version.split('.')[0] | int >= 1 %}
create or replace function {{ target.schema }}.idr_metaphone(word text) returns text
language plpython3u immutable strict parallel safe as $function$
if not word.isascii() or (word and not (word.isalpha() and word.islower())):
    return None
if "metaphone" not in GD:
    import jellyfish
    GD["metaphone"] = jellyfish.metaphone
return GD["metaphone"](word)
$function$;
{% endif %}
{% endmacro %}

{# The version of jellyfish that the role's functions can use, empty if none. The language is untrusted, so that a superuser alone can make functions in it;
   a database without it is the usual case. #}
{% macro postgres_jellyfish_version() %}
    {%- set probe -%}
        do $probe$
        begin
            perform set_config('idr.jellyfish', '', false);
            begin
                if exists (select 1 from pg_language where lanname = 'plpython3u') then
                    execute 'do language plpython3u $python$
import importlib.metadata, jellyfish
jellyfish.jaro_winkler_similarity("a", "b")
version = importlib.metadata.version("jellyfish")
plpy.execute("select set_config(%s, %s, false)" % (plpy.quote_literal("idr.jellyfish"), plpy.quote_literal(version)))
$python$';
                end if;
            exception when others then
                null;
            end;
        end
        $probe$;
        select current_setting('idr.jellyfish') as jellyfish_version
    {%- endset -%}
    {{ return(run_query(probe).columns[0].values()[0] or '') }}
{% endmacro %}
