{#- One row per distinct delivered e-mail address. The matching key follows the provider: at Gmail dots and what follows a plus sign are not part of the
    mailbox, at others only the latter. -#}
{%- set label = '[^-@.\\x01-\\x20!-,/:-@\\[-`{-~]+(-+[^-@.\\x01-\\x20!-,/:-@\\[-`{-~]+)*' -%}
{%- set top_level = '[^-@.\\x01-\\x20!-,/0-9:-@\\[-`{-~]{2,}' -%}
{{ config(materialized='delta', key='email_id', version='0', adds_up=true) }}

with delivered_records as (

    select * from {{ ref('int_delivered_records') }}

),

placeholders as (

    select * from {{ ref('placeholders') }}
    where attribute = 'email'

),

email_providers as (

    select * from {{ ref('email_providers') }}

),

role_mailboxes as (

    select * from {{ ref('role_mailboxes') }}

),

distinct_emails as (

    select distinct
        email_id,
        email as email_delivered
    from delivered_records
    where email is not null and {{ changed('int_delivered_records', 'email_id') }}

),

-- "mailto:", a name before <the address>, and punctuation after it
cleaned as (

    select
        email_id,
        email_delivered,
        case
            when length(email_delivered) <= 320
                then {{ regexp_replace_first(
                    regexp_replace_first(
                        regexp_replace_first(squash_text(lower_text('email_delivered')), '^.*<([^<>]+)>$', '\\1'),
                        '^mailto: *', ''
                    ),
                    '[.,; ]+$', ''
                ) }}
        end as email
    from distinct_emails

),

validated as (

    select
        email_id,
        email_delivered,
        email,
        coalesce(
            {{ regexp_matches('email', '^[^@\\x01-\\x20\"(),:;<>]+@(' ~ label ~ '[.])+' ~ top_level ~ '$') }}
            and not {{ regexp_matches('email', '^[.]|[.]@|[.][.]|@.*@') }}
            and length(split_part(email, '@', 1)) <= 64
            and length(email) <= 254,
            false
        ) as is_valid
    from cleaned

),

parts as (

    select
        *,
        case when is_valid then split_part(email, '@', 1) end as local_part,
        case when is_valid then split_part(email, '@', 2) end as domain
    from validated

),

provided as (

    select
        parts.*,
        coalesce(email_providers.canonical_domain, parts.domain) as canonical_domain,
        coalesce(email_providers.is_free_mail, false) as is_free_mail,
        coalesce(email_providers.ignores_dots, false) as ignores_dots,
        case
            when email_providers.tag_separator is not null
                then coalesce(nullif(split_part(parts.local_part, email_providers.tag_separator, 1), ''), parts.local_part)
            else parts.local_part
        end as untagged_local_part
    from parts
    left join email_providers on parts.domain = email_providers.domain

),

keyed as (

    select
        *,
        case when ignores_dots then replace(untagged_local_part, '.', '') else untagged_local_part end as local_key
    from provided

),

final as (

    select
        keyed.email_id,
        keyed.email_delivered,
        case when keyed.is_valid and placeholders.value is null then keyed.email end as email,
        case when placeholders.value is null then keyed.local_key || '@' || keyed.canonical_domain end as email_key,
        case when placeholders.value is null then keyed.local_key end as email_local_key,
        case when placeholders.value is null then keyed.canonical_domain end as email_domain,
        case when keyed.is_valid and placeholders.value is null then keyed.is_free_mail end as is_free_mail,
        case when keyed.is_valid and placeholders.value is null then role_mailboxes.local_part is not null end as is_role_mailbox,
        case
            when placeholders.value is not null then 'placeholder_email'
            when not keyed.is_valid then 'invalid_email'
        end as email_problem
    from keyed
    left join placeholders on keyed.email = placeholders.value
    left join role_mailboxes on keyed.local_part = role_mailboxes.local_part

)

select * from final
