{#- One row per source record with a surname and an address, or else a phone that shows its home: the household it belongs to.
    Records with one surname at one address are a household. A part of the address that a record leaves out is filled in where the others leave one choice
    only: the postal code of a street in a city, the unit of a surname in a building. A record without a street takes the household of its surname and
    phone; where none of these records has a street, they are a household of their own. -#}
with source_records as (

    select * from {{ ref('int_source_records') }}

),

blocked_identifiers as (

    select * from {{ ref('blocked_identifiers') }}

),

street_postal_codes as (

    select
        street_key,
        city_key,
        min({{ text_order('postal_code_key') }}) as postal_code_key
    from source_records
    where street_key is not null and city_key is not null and postal_code_key is not null
    group by street_key, city_key
    having min({{ text_order('postal_code_key') }}) = max({{ text_order('postal_code_key') }})

),

buildings as (

    select
        source_records.record_id,
        source_records.last_name_key,
        source_records.phone_key,
        source_records.unit_key,
        source_records.street_key || '|' || coalesce(
            source_records.postal_code_key, street_postal_codes.postal_code_key, source_records.city_key
        ) as building_key
    from source_records
    left join street_postal_codes
        on
            source_records.postal_code_key is null
            and source_records.street_key = street_postal_codes.street_key
            and source_records.city_key = street_postal_codes.city_key
    where
        source_records.last_name_key is not null
        and (source_records.street_key is not null or source_records.phone_key is not null)

),

surname_units as (

    select
        last_name_key,
        building_key,
        min({{ text_order('unit_key') }}) as unit_key
    from buildings
    where building_key is not null and unit_key is not null
    group by last_name_key, building_key
    having min({{ text_order('unit_key') }}) = max({{ text_order('unit_key') }})

),

homes as (

    select
        buildings.record_id,
        buildings.last_name_key,
        buildings.phone_key,
        buildings.building_key,
        buildings.building_key || '|' || coalesce(buildings.unit_key, surname_units.unit_key, '') as home_key
    from buildings
    left join surname_units
        on buildings.last_name_key = surname_units.last_name_key and buildings.building_key = surname_units.building_key

),

-- a phone that many surnames share is a switchboard, not a home's
surname_phones as (

    select
        homes.last_name_key,
        homes.phone_key,
        count(*) over (partition by homes.phone_key) as surname_count
    from homes
    left join blocked_identifiers
        on blocked_identifiers.identifier_type = 'phone' and homes.phone_key = blocked_identifiers.identifier_value
    where homes.phone_key is not null and blocked_identifiers.identifier_value is null
    group by homes.last_name_key, homes.phone_key

),

phone_homes as (

    select
        homes.last_name_key,
        homes.phone_key,
        homes.building_key,
        homes.home_key,
        row_number() over (
            partition by homes.last_name_key, homes.phone_key
            order by count(*) desc, {{ text_order('homes.home_key') }}
        ) as preference
    from homes
    where homes.phone_key is not null and homes.home_key is not null
    group by homes.last_name_key, homes.phone_key, homes.building_key, homes.home_key

),

placed as (

    select
        homes.record_id,
        coalesce(homes.building_key, phone_homes.building_key) as building_key,
        homes.last_name_key || '|' || coalesce(homes.home_key, phone_homes.home_key, surname_phones.phone_key) as household_key
    from homes
    left join surname_phones
        on
            homes.home_key is null
            and homes.last_name_key = surname_phones.last_name_key
            and homes.phone_key = surname_phones.phone_key
            and surname_phones.surname_count <= {{ var('max_names_per_identifier') }}
    left join phone_homes
        on
            surname_phones.last_name_key = phone_homes.last_name_key
            and surname_phones.phone_key = phone_homes.phone_key
            and phone_homes.preference = 1

),

final as (

    select
        record_id,
        household_key,
        md5('household ' || household_key) as household_id,
        building_key
    from placed
    where household_key is not null

)

select * from final
