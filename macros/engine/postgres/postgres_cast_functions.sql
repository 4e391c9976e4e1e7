{# idr_try_timestamp: see try_cast_timestamp. #}
{% macro postgres_cast_functions() %}
create or replace function {{ target.schema }}.idr_try_timestamp(value text) returns timestamp
language plpgsql immutable strict parallel safe as $function$
begin
    if value ~ '{{ timestamp_pattern() }}$' then
        return value::timestamp;
    elsif value ~ '{{ timestamp_pattern() }} ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$' then
        return value::timestamptz at time zone 'UTC';
    end if;
    return null;
exception when others then
    return null;
end
$function$;
{% endmacro %}
