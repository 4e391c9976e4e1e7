{# idr_try_timestamp: see try_cast_timestamp. #}
{% macro postgres_cast_functions() %}
create or replace function {{ target.schema }}.idr_try_timestamp(value text) returns timestamp
language plpgsql immutable strict parallel safe as $function$
begin
    if value ~ '{{ date_pattern() }}({{ time_pattern() }})?$' then
        return regexp_replace(value, '([.][0-9]{6})[0-9]+', '\1')::timestamp;
    elsif value ~ '{{ date_pattern() }}{{ time_pattern() }}{{ zone_pattern() }}$' then
        return regexp_replace(value, '([.][0-9]{6})[0-9]+', '\1')::timestamptz at time zone 'UTC';
    end if;
    return null;
exception when others then
    return null;
end
$function$;
{% endmacro %}
