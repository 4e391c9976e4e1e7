{# idr_metaphone: Philips' Metaphone (1990), with the values of jellyfish.metaphone for words of the letters a to z; null for others. #}
{% macro postgres_metaphone_function() %}
create or replace function {{ target.schema }}.idr_metaphone(word text) returns text
language plpgsql immutable strict parallel safe as $function$
declare
    text_rest text := word;
    code text := '';
    i integer := 1;
    before text;
    letter text;
    after text;
    second_after text;
begin
    if word !~ '^[a-z]*$' then
        return null;
    end if;
    if left(word, 2) in ('kn', 'gn', 'pn', 'wr', 'ae') then
        text_rest := substr(word, 2);
    end if;
    while i <= length(text_rest) loop
        before := case when i > 1 then substr(text_rest, i - 1, 1) else '' end;
        letter := substr(text_rest, i, 1);
        after := substr(text_rest, i + 1, 1);
        second_after := substr(text_rest, i + 2, 1);
        if letter = after and letter <> 'c' then
            null;
        elsif letter in ('a', 'e', 'i', 'o', 'u') then
            if i = 1 then
                code := code || letter;
            end if;
        elsif letter = 'b' then
            if before <> 'm' or after <> '' then
                code := code || 'b';
            end if;
        elsif letter = 'c' then
            if after = 'h' or (after = 'i' and second_after = 'a') then
                code := code || 'x';
                i := i + 1;
            elsif after in ('i', 'e', 'y') then
                code := code || 's';
                i := i + 1;
            else
                code := code || 'k';
            end if;
        elsif letter = 'd' then
            if after = 'g' and second_after in ('i', 'e', 'y') then
                code := code || 'j';
                i := i + 2;
            else
                code := code || 't';
            end if;
        elsif letter in ('f', 'j', 'l', 'm', 'n', 'r') then
            code := code || letter;
        elsif letter = 'g' then
            if after in ('i', 'e', 'y') then
                code := code || 'j';
            elsif after = 'h' and second_after not in ('a', 'e', 'i', 'o', 'u') then
                i := i + 1;
            elsif after = 'n' and second_after = '' then
                i := i + 1;
            else
                code := code || 'k';
            end if;
        elsif letter = 'h' then
            if i = 1 or after in ('a', 'e', 'i', 'o', 'u') or before not in ('a', 'e', 'i', 'o', 'u') then
                code := code || 'h';
            end if;
        elsif letter = 'k' then
            if i = 1 or before <> 'c' then
                code := code || 'k';
            end if;
        elsif letter = 'p' then
            if after = 'h' then
                code := code || 'f';
                i := i + 1;
            else
                code := code || 'p';
            end if;
        elsif letter = 'q' then
            code := code || 'k';
        elsif letter = 's' then
            if after = 'h' then
                code := code || 'x';
                i := i + 1;
            elsif after = 'i' and second_after in ('o', 'a') then
                code := code || 'x';
                i := i + 2;
            else
                code := code || 's';
            end if;
        elsif letter = 't' then
            if after = 'i' and second_after in ('o', 'a') then
                code := code || 'x';
            elsif after = 'h' then
                code := code || '0';
                i := i + 1;
            elsif after <> 'c' or second_after <> 'h' then
                code := code || 't';
            end if;
        elsif letter = 'v' then
            code := code || 'f';
        elsif letter = 'w' then
            if i = 1 and after = 'h' then
                code := code || 'w';
                i := i + 1;
            elsif after in ('a', 'e', 'i', 'o', 'u') then
                code := code || 'w';
            end if;
        elsif letter = 'x' then
            if i > 1 then
                code := code || 'ks';
            elsif after = 'h' or (after = 'i' and second_after in ('o', 'a')) then
                code := code || 'x';
            else
                code := code || 's';
            end if;
        elsif letter = 'y' then
            if after in ('a', 'e', 'i', 'o', 'u') then
                code := code || 'y';
            end if;
        elsif letter = 'z' then
            code := code || 's';
        end if;
        i := i + 1;
    end loop;
    return upper(code);
end
$function$;
{% endmacro %}
