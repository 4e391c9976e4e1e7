{#- One row per identifier value that is on more than one record, with the reason why it makes no deterministic edge, if there is one. -#}
{{ config(materialized='delta', key='identifier_key', inputs=['int_identifiers', 'int_record_features']) }}

with identifiers as (

    select * from {{ ref('int_identifiers') }}
    where {{ changed('int_identifier_versions', 'identifier_key') }}

),

features as (

    select * from {{ ref('int_record_features') }}

),

blocked_identifiers as (

    select * from {{ ref('blocked_identifiers') }}

),

identifier_values as (

    select
        identifiers.identifier_key,
        identifiers.identifier_type,
        identifiers.identifier_value,
        count(*) as record_count,
        count(distinct features.name_letters) as name_count,
        bool_or(identifiers.identifier_type = 'email' and features.is_role_mailbox) as is_role_mailbox
    from identifiers
    inner join features on identifiers.record_id = features.record_id
    group by identifiers.identifier_key, identifiers.identifier_type, identifiers.identifier_value
    having count(*) > 1

),

final as (

    select
        identifier_values.identifier_key,
        identifier_values.identifier_type,
        identifier_values.identifier_value,
        identifier_values.record_count,
        identifier_values.name_count,
        case
            when blocked_identifiers.identifier_value is not null then 'blocked'
            when identifier_values.is_role_mailbox then 'role_mailbox'
            when identifier_values.name_count > {{ var('max_names_per_identifier') }} then 'shared_by_many_names'
        end as ignored_reason
    from identifier_values
    left join blocked_identifiers
        on
            identifier_values.identifier_type = blocked_identifiers.identifier_type
            and identifier_values.identifier_value = blocked_identifiers.identifier_value

)

select * from final
