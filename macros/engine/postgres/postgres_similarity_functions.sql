{# idr_jaro_winkler: Jaro (1989) with Winkler's bonus for a common prefix of up to four letters, given from a similarity of 0.7 on, as DuckDB computes it.
   idr_is_one_edit: whether the Damerau-Levenshtein distance is at most 1. #}
{% macro postgres_similarity_functions() %}
create or replace function {{ target.schema }}.idr_jaro_winkler(a text, b text) returns double precision
language plpgsql immutable strict parallel safe as $function$
declare
    letters_a text[];
    letters_b text[];
    length_a integer := length(a);
    length_b integer := length(b);
    reach integer;
    is_matched_a boolean[];
    is_matched_b boolean[];
    matches integer := 0;
    transpositions integer := 0;
    prefix integer := 0;
    k integer := 1;
    similarity double precision;
begin
    if length_a = 0 or length_b = 0 then
        return 0;
    end if;
    if a = b then
        return 1;
    end if;
    letters_a := string_to_array(a, null);
    letters_b := string_to_array(b, null);
    reach := greatest(greatest(length_a, length_b) / 2 - 1, 0);
    is_matched_a := array_fill(false, array[length_a]);
    is_matched_b := array_fill(false, array[length_b]);
    for i in 1..length_a loop
        for j in greatest(1, i - reach)..least(length_b, i + reach) loop
            if not is_matched_b[j] and letters_a[i] = letters_b[j] then
                is_matched_a[i] := true;
                is_matched_b[j] := true;
                matches := matches + 1;
                exit;
            end if;
        end loop;
    end loop;
    if matches = 0 then
        return 0;
    end if;
    for i in 1..length_a loop
        if is_matched_a[i] then
            while not is_matched_b[k] loop
                k := k + 1;
            end loop;
            if letters_a[i] <> letters_b[k] then
                transpositions := transpositions + 1;
            end if;
            k := k + 1;
        end if;
    end loop;
    similarity := (
        matches::double precision / length_a + matches::double precision / length_b + (matches - transpositions / 2)::double precision / matches
    ) / 3;
    if similarity > 0.7 then
        while prefix < least(4, length_a, length_b) and letters_a[prefix + 1] = letters_b[prefix + 1] loop
            prefix := prefix + 1;
        end loop;
        similarity := similarity + prefix * 0.1 * (1 - similarity);
    end if;
    return similarity;
end
$function$;

create or replace function {{ target.schema }}.idr_is_one_edit(a text, b text) returns boolean
language plpgsql immutable strict parallel safe as $function$
declare
    length_a integer := length(a);
    length_b integer := length(b);
    i integer := 1;
begin
    if abs(length_a - length_b) > 1 then
        return false;
    end if;
    if a = b then
        return true;
    end if;
    while i <= length_a and i <= length_b and substr(a, i, 1) = substr(b, i, 1) loop
        i := i + 1;
    end loop;
    if length_a = length_b then
        return substr(a, i + 1) = substr(b, i + 1)
            or (substr(a, i, 1) = substr(b, i + 1, 1) and substr(a, i + 1, 1) = substr(b, i, 1) and substr(a, i + 2) = substr(b, i + 2));
    end if;
    if length_a > length_b then
        return substr(a, i + 1) = substr(b, i);
    end if;
    return substr(a, i) = substr(b, i + 1);
end
$function$;
{% endmacro %}
