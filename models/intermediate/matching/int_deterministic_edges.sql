{#- One row per rule × linked pair. Records that agree on an identifier and on the rule's other columns form a star around the one with the smallest record_id:
    k records give k - 1 edges. No edge where birth dates or generational suffixes conflict: such a pair is left to the fuzzy pass, which weighs all evidence. -#}
{{ config(
    materialized='delta',
    key='identifier_key',
    inputs=['int_identifiers', 'int_identifier_values', 'int_record_features'],
) }}

with identifiers as (

    select * from {{ ref('int_identifiers') }}
    where {{ changed('int_identifier_versions', 'identifier_key') }}

),

identifier_values as (

    select * from {{ ref('int_identifier_values') }}

),

deterministic_weights as (

    select * from {{ ref('deterministic_weights') }}

),

usable_identifiers as (

    select
        identifiers.record_id,
        identifiers.identifier_key,
        identifiers.identifier_type
    from identifiers
    inner join identifier_values on identifiers.identifier_key = identifier_values.identifier_key
    where identifier_values.ignored_reason is null

),

-- names that were read off an e-mail address, and mere initials, prove nothing
stars as (

    {% for rule in var('deterministic_rules') -%}
    select
        '{{ rule.name }}' as rule_name,
        usable_identifiers.identifier_key,
        usable_identifiers.identifier_type,
        features.record_id,
        min(features.record_id) over (
            partition by usable_identifiers.identifier_key{% for column in rule.same_columns %}, features.{{ column }}{% endfor %}
        ) as centre_id
    from usable_identifiers
    inner join {{ ref('int_record_features') }} as features on usable_identifiers.record_id = features.record_id
    where
        usable_identifiers.identifier_type = '{{ rule.identifier }}'
        {%- for column in rule.same_columns %}
        and features.{{ column }} is not null
        {%- if column in ['first_name', 'last_name'] %}
        and length(features.{{ column }}) > 1
        and not features.is_{{ column }}_imputed
        {%- endif %}
        {%- endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

compared as (

    select
        stars.rule_name,
        stars.identifier_key,
        stars.identifier_type,
        stars.centre_id as record_id_a,
        stars.record_id as record_id_b,
        {{ compare_birth_date('a', 'b') }} as birth_date_level,
        {{ compare_name_suffix('a', 'b') }} as name_suffix_level
    from stars
    inner join {{ ref('int_record_features') }} as a on stars.centre_id = a.record_id
    inner join {{ ref('int_record_features') }} as b on stars.record_id = b.record_id
    where stars.centre_id <> stars.record_id

),

final as (

    select
        compared.rule_name,
        compared.identifier_key,
        compared.identifier_type,
        compared.record_id_a,
        compared.record_id_b,
        cast(deterministic_weights.match_weight as numeric(18, 6)) as match_weight
    from compared
    inner join deterministic_weights on compared.rule_name = deterministic_weights.rule_name
    where compared.birth_date_level <= 4 and compared.name_suffix_level <= 1

)

select * from final
