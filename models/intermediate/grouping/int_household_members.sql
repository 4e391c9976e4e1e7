{#- One row per source record with a surname and an address, or else a phone that shows its home: the household it belongs to.
    Records with one surname at one address are a household. A part of the address that a record leaves out is filled in where the others leave one choice
    only: the postal code of a street in a city, the unit of a surname in a building. A record without a street takes the household of its surname and
    phone; where none of these records has a street, they are a household of their own. What fills a gap is looked for only where there is one. -#}
with source_records as (

    select
        record_id,
        last_name_key,
        phone_key,
        street_key,
        unit_key,
        city_key,
        postal_code_key
    from {{ ref('int_source_records') }}

),

blocked_identifiers as (

    select * from {{ ref('blocked_identifiers') }}

),

streets_without_code as (

    select distinct
        street_key,
        city_key
    from source_records
    where last_name_key is not null and street_key is not null and city_key is not null and postal_code_key is null

),

street_postal_codes as (

    select
        source_records.street_key,
        source_records.city_key,
        min({{ text_order('source_records.postal_code_key') }}) as postal_code_key
    from source_records
    inner join streets_without_code
        on source_records.street_key = streets_without_code.street_key and source_records.city_key = streets_without_code.city_key
    where source_records.postal_code_key is not null
    group by source_records.street_key, source_records.city_key
    having min({{ text_order('source_records.postal_code_key') }}) = max({{ text_order('source_records.postal_code_key') }})

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
        on
            buildings.unit_key is null
            and buildings.last_name_key = surname_units.last_name_key
            and buildings.building_key = surname_units.building_key

),

homeless as (

    select
        homes.record_id,
        homes.last_name_key,
        homes.phone_key
    from homes
    left join blocked_identifiers
        on blocked_identifiers.identifier_type = 'phone' and homes.phone_key = blocked_identifiers.identifier_value
    where homes.home_key is null and homes.phone_key is not null and blocked_identifiers.identifier_value is null

),

their_phones as (

    select distinct phone_key from homeless

),

phone_bearers as (

    select
        homes.last_name_key,
        homes.phone_key,
        homes.building_key,
        homes.home_key
    from homes
    inner join their_phones on homes.phone_key = their_phones.phone_key

),

-- a phone that many surnames share is a switchboard, not a home's
home_phones as (

    select phone_key from phone_bearers
    group by phone_key
    having count(distinct last_name_key) <= {{ var('max_names_per_identifier') }}

),

phone_homes as (

    select
        last_name_key,
        phone_key,
        building_key,
        home_key,
        row_number() over (partition by last_name_key, phone_key order by count(*) desc, {{ text_order('home_key') }}) as preference
    from phone_bearers
    where home_key is not null
    group by last_name_key, phone_key, building_key, home_key

),

placed as (

    select
        record_id,
        building_key,
        last_name_key || '|' || home_key as household_key
    from homes
    where home_key is not null
    union all
    select
        homeless.record_id,
        phone_homes.building_key,
        homeless.last_name_key || '|' || coalesce(phone_homes.home_key, homeless.phone_key) as household_key
    from homeless
    inner join home_phones on homeless.phone_key = home_phones.phone_key
    left join phone_homes
        on
            homeless.last_name_key = phone_homes.last_name_key
            and homeless.phone_key = phone_homes.phone_key
            and phone_homes.preference = 1

),

final as (

    select
        record_id,
        household_key,
        {{ key_hash(['household_key']) }} as household_number,
        building_key
    from placed

)

select * from final
