"""The raw tables of the three source systems, as connectors deliver them, also in the record contract.

All columns are text. The functions `*_records` say the same as the staging models (a test compares the two).
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from identity_resolution.generation.dice import Booleans, Dice, Integers
from identity_resolution.generation.plan import CRM, SHOP, SOURCE_SYSTEMS, SUPPORT
from identity_resolution.generation.population import Population, mixed, moment
from identity_resolution.generation.text import (
    Text,
    beginning,
    change,
    constant,
    digits,
    either,
    first_of,
    from_matrix,
    is_given,
    join,
    join_by_turns,
    keep,
    nulls,
    substitute,
    take,
    text,
)
from identity_resolution.generation.vocabulary import places
from identity_resolution.generation.writing import PLACEHOLDER_NAMES, NameHabits, Writer, WrittenName

RECORD_COLUMNS = (
    "source_system", "source_record_id", "full_name", "first_name", "middle_name", "last_name", "email",
    "phone", "date_of_birth", "gender", "street", "city", "state", "postal_code", "country", "company",
    "job_title", "national_id", "updated_at",
)  # fmt: skip

Columns = Mapping[str, Text]

_CRM_HABITS = NameHabits(
    nickname=0.11, initial=0.02, middle=0.25, second_last_name=0.4, folded=0.35, native=0.2, swapped=0.01,
    upper=0.03, lower=0.01, typing=0.028, scanning=0.01, hearing=0.012,
)  # fmt: skip
_SHOP_HABITS = NameHabits(
    nickname=0.15, initial=0.015, middle=0.05, second_last_name=0.25, folded=0.25, native=0.5, swapped=0.01,
    upper=0.02, lower=0.06, typing=0.02, scanning=0.0, hearing=0.004,
)  # fmt: skip
_SUPPORT_HABITS = NameHabits(
    nickname=0.2, initial=0.02, middle=0.05, second_last_name=0.2, folded=0.25, native=0.5, swapped=0.0,
    upper=0.02, lower=0.06, typing=0.02, scanning=0.0, hearing=0.01,
)  # fmt: skip

_BASE36 = np.array([ord(sign) for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"], dtype=np.uint32)


def salesforce_ids(prefix: str, numbers: Integers) -> Text:
    """Ids of 15 characters that begin with the object's prefix and grow with the number."""
    width = 15 - len(prefix)
    powers = 36 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    signs = _BASE36[(numbers[:, None] // powers) % 36]
    return join(prefix, from_matrix(signs, np.full(len(numbers), width)))


def shop_ids(numbers: Integers) -> Text:
    """Customer ids of the shop."""
    return digits(6_704_000_000_000 + numbers * 32_768, 13)


def support_ids(numbers: Integers) -> Text:
    """Requester ids of the help desk."""
    return digits(360_174_000_000 + numbers * 20, 12)


def moments(seconds: Integers, ending: str = "Z") -> Text:
    """Times in UTC as `2026-01-31T12:30:00`, and the ending."""
    written = pc.cast(pa.array(seconds, pa.timestamp("s")), pa.string())
    return join(pc.replace_substring(written, " ", "T"), ending)


def crm_accounts(population: Population, dice: Dice) -> Columns:
    """The CRM's companies; one in twenty is there twice."""
    companies = population.companies
    count = len(companies.name)
    twice = np.flatnonzero(_is_twice(np.arange(count)))
    company = np.r_[np.arange(count), twice]
    is_second = np.arange(len(company)) >= count
    total = len(company)
    name = either(is_second, take(companies.short_name, company), take(companies.name, company))
    writer = Writer(
        population,
        np.zeros(total, dtype=np.int64),
        np.full(total, moment("2026-01-01")),
        np.zeros(total, dtype=np.int64),
        dice,
    )
    writer.country = companies.country[company]
    address = writer.address(companies.address[company], np.zeros(total, dtype=bool))
    staff = np.bincount(population.company[population.company >= 0], minlength=count)[company]
    created = moment("2015-01-01") + dice.below(total, moment("2022-01-01") - moment("2015-01-01"))
    modified = created + dice.below(total, moment("2026-06-30") - created)
    return {
        "id": _account_ids(company, is_second),
        "name": name,
        "website": keep(join("https://www.", take(companies.domain, company)), dice.chance(total, 0.8)),
        "phone": keep(writer.phone(companies.phone[company], international=0.3), dice.chance(total, 0.9)),
        "industry": keep(take(companies.industry, company), dice.chance(total, 0.85)),
        "number_of_employees": digits(np.maximum(staff, 1) * dice.between(total, 1, 9), 1),
        "billing_street": join(address.street, address.unit, separator=", "),
        "billing_city": address.city,
        "billing_state": address.state_code,
        "billing_postal_code": address.postal_code,
        "billing_country": writer.country_name(0.9),
        "created_date": moments(created, ".000Z"),
        "last_modified_date": moments(modified, ".000Z"),
    }


def _is_twice(company: Integers) -> Booleans:
    is_twice: Booleans = mixed(company) % 20 == 0
    return is_twice


def _account_ids(company: Integers, is_second: Booleans) -> Text:
    ids = salesforce_ids("0015g00000", np.maximum(company, 0) * 2 + is_second)
    return keep(ids, company >= 0)


def crm_contacts(writer: Writer, ids: Text, created_at: Integers) -> Columns:
    """Salesforce contacts. Those of companies have a work address and phone more often than a private one."""
    people, who = writer.population, writer.who
    companies = people.companies
    business = writer.is_business
    company = np.where(business & writer.chance(0.92), writer.company, -1)
    at_second = _is_twice(company) & writer.chance(0.4)
    account_name = either(at_second, take(companies.short_name, company), take(companies.name, company))

    name = writer.name(_CRM_HABITS)
    suffix = writer.suffix(0.75)
    in_last_name = writer.chance(0.2)
    last = join(name.last, keep(suffix, in_last_name), separator=" ")
    last = either(writer.chance(0.005), writer.one_of(PLACEHOLDER_NAMES), last)

    work = np.where(business, people.work_email[who], -1)
    role = np.where(business, companies.mailbox[writer.company], -1)
    private = np.where(business, -1, people.email[who])
    email = writer.email(
        writer.position_by(
            (0.05, role),
            (0.72, work),
            (0.08, np.where(business, -1, people.family_email[who])),
            (0.12, people.other_email[who]),
            (0.85, private),
            (0.35, people.email[who]),
        )
    )
    mobile = writer.current(people.mobile, people.mobile_changed_at)
    switchboard = np.where(business, companies.phone[writer.company], -1)
    phone = writer.position_by((0.5, switchboard), (0.3, people.landline[who]), (0.4, mobile))
    is_switchboard = (phone >= 0) & (phone == switchboard)
    home = writer.current(people.home, people.moved_at)
    office = np.where(business, companies.address[writer.company], -1)
    address = writer.address(writer.position_by((0.35, office), (0.82, home)), name.is_native)
    break_or_comma = writer.one_of((", ", " ", "\n"), (0.75, 0.15, 0.1))
    street = join_by_turns(
        is_given(address.unit).astype(np.int64),
        [(address.street,), (address.street, break_or_comma, address.unit)],
    )
    born = writer.birth_date(0.52)
    own = writer.identifying
    return {
        "id": ids,
        "account_id": own(_account_ids(company, at_second)),
        "account_name": own(account_name),
        "salutation": own(writer.title(0.35)),
        "first_name": own(keep(name.first, writer.chance(0.96))),
        "middle_name": own(name.middle),
        "last_name": own(last),
        "suffix": own(keep(suffix, ~in_last_name)),
        "email": own(email),
        "phone": own(writer.phone(phone, international=0.25, extension=np.where(is_switchboard, 0.4, 0.0))),
        "mobile_phone": own(writer.phone(np.where(writer.chance(0.58), mobile, -1), international=0.3)),
        "birthdate": own(join(*born, separator="-")),
        "gender": own(writer.gender(0.45)),
        "tax_id": own(writer.tax_id(0.06)),
        "title": own(writer.job_title(0.75)),
        "mailing_street": own(street),
        "mailing_city": own(address.city),
        "mailing_state": own(either(writer.chance(0.25), address.state_name, address.state_code)),
        "mailing_postal_code": own(_zip_plus_4(address.postal_code, writer)),
        "mailing_country": writer.country_name(0.88),
        "created_date": moments(created_at, ".000Z"),
        "last_modified_date": moments(writer.when, ".000Z"),
    }


def _zip_plus_4(postal_codes: Text, writer: Writer) -> Text:
    """Some American codes with four more digits."""
    is_american = np.array([country.code == "US" for country in places().countries])[writer.country]
    extended = is_american & is_given(postal_codes) & writer.chance(0.07)
    more = digits(writer.dice.between(int(extended.sum()), 1, 9999), 4)
    return change(postal_codes, extended, lambda values: join(values, "-", more))


def crm_records(table: Columns) -> Columns:
    """Contacts in the record contract."""
    return {
        "first_name": table["first_name"],
        "middle_name": table["middle_name"],
        "last_name": join(table["last_name"], table["suffix"], separator=" "),
        "email": table["email"],
        "phone": first_of(table["mobile_phone"], table["phone"]),
        "date_of_birth": table["birthdate"],
        "gender": table["gender"],
        "street": table["mailing_street"],
        "city": table["mailing_city"],
        "state": table["mailing_state"],
        "postal_code": table["mailing_postal_code"],
        "country": table["mailing_country"],
        "company": table["account_name"],
        "job_title": table["title"],
        "national_id": table["tax_id"],
        "updated_at": table["last_modified_date"],
    }


def shop_customers(writer: Writer, ids: Text, created_at: Integers) -> Columns:
    """Shopify customers: private addresses and mailboxes, typed by the customers themselves."""
    people, who, dice = writer.population, writer.who, writer.dice
    name = writer.name(_SHOP_HABITS)
    first = join(writer.title(0.006), name.first, name.middle, separator=" ")
    last = join(name.last, writer.suffix(0.45), separator=" ")
    anonymous = writer.chance(0.012)

    work = np.where(writer.is_business, people.work_email[who], -1)
    email = writer.email(
        writer.position_by(
            (0.3, people.family_email[who]),
            (0.05, work),
            (0.15, people.other_email[who]),
            (0.98, people.email[who]),
            (0.5, people.email[people.head[who]]),
        )
    )
    mobile = writer.current(people.mobile, people.mobile_changed_at)
    is_child = people.head[who] != who
    parents = np.where(is_child & writer.chance(0.12), people.mobile[0, people.head[who]], -1)
    phone = writer.position_by((0.9, parents), (0.14, people.landline[who]), (0.52, mobile))
    other = writer.position_by((0.18, mobile))
    home = writer.current(people.home, people.moved_at)
    address = writer.address(writer.position_by((0.9, home)), name.is_native)
    has_address = is_given(address.street)
    year, month, day = writer.birth_date(0.42)
    code = take(text([country.code for country in places().countries]), writer.country)
    own = writer.identifying
    return {
        "id": ids,
        "first_name": own(keep(first, ~anonymous & writer.chance(0.99))),
        "last_name": own(keep(last, ~anonymous & writer.chance(0.985))),
        "email": own(email),
        "phone": own(writer.phone(phone, international=0.35)),
        "birth_date": own(join(month, day, year, separator="/")),
        "state": writer.one_of(("enabled", "disabled", "invited"), (0.6, 0.35, 0.05)),
        "verified_email": writer.one_of(("true", "false"), (0.9, 0.1)),
        "currency": take(text([country.currency for country in places().countries]), writer.country),
        "default_address_company": own(writer.company_name(0.14)),
        "default_address_address1": own(address.street),
        "default_address_address2": own(address.unit),
        "default_address_city": own(address.city),
        "default_address_province": own(address.state_name),
        "default_address_province_code": own(address.state_code),
        "default_address_zip": own(address.postal_code),
        "default_address_country": keep(writer.country_name(1.0), has_address),
        "default_address_country_code": keep(code, has_address & dice.chance(writer.count, 0.97)),
        "default_address_phone": own(keep(writer.phone(other, international=0.2), has_address)),
        "created_at": moments(created_at),
        "updated_at": moments(writer.when),
    }


def shop_records(table: Columns) -> Columns:
    """Shop customers in the record contract."""
    address = "default_address_"
    return {
        "first_name": table["first_name"],
        "last_name": table["last_name"],
        "email": table["email"],
        "phone": first_of(table["phone"], table[f"{address}phone"]),
        "date_of_birth": table["birth_date"],
        "street": join(table[f"{address}address1"], table[f"{address}address2"], separator=", "),
        "city": table[f"{address}city"],
        "state": first_of(table[f"{address}province_code"], table[f"{address}province"]),
        "postal_code": table[f"{address}zip"],
        "country": first_of(table[f"{address}country_code"], table[f"{address}country"]),
        "company": table[f"{address}company"],
        "updated_at": table["updated_at"],
    }


def support_requesters(writer: Writer, ids: Text, created_at: Integers) -> Columns:
    """Zendesk requesters: the name in one field, in any form; no address, no birth date."""
    people, who = writer.population, writer.who
    name = writer.name(_SUPPORT_HABITS)
    work = np.where(writer.is_business, people.work_email[who], -1)
    role = np.where(writer.is_business, people.companies.mailbox[writer.company], -1)
    mailbox = writer.position_by(
        (0.04, role),
        (0.25, work),
        (0.2, people.family_email[who]),
        (0.2, people.other_email[who]),
        (0.97, people.email[who]),
        (0.5, work),
    )
    email = writer.email(mailbox)
    mobile = writer.current(people.mobile, people.mobile_changed_at)
    switchboard = np.where(writer.is_business, people.companies.phone[writer.company], -1)
    phone = writer.position_by((0.12, switchboard), (0.08, people.landline[who]), (0.42, mobile))
    locales = [country.locales for country in places().countries]
    locale = writer.by_country(
        lambda number, here: take(
            text(locales[number]), writer.dice.below(int(here.sum()), len(locales[number]))
        )
    )
    own = writer.identifying
    return {
        "id": ids,
        "name": own(_full_name(writer, name, email)),
        "email": own(email),
        "phone": own(writer.phone(phone, international=0.75)),
        "organization_name": own(writer.company_name(0.3)),
        "country": writer.country_name(0.4),
        "role": constant("end-user", writer.count),
        "verified": writer.one_of(("true", "false"), (0.8, 0.2)),
        "locale": locale,
        "time_zone": take(text([country.time_zone for country in places().countries]), writer.country),
        "created_at": moments(created_at),
        "updated_at": moments(writer.when),
    }


def _full_name(writer: Writer, name: WrittenName, email: Text) -> Text:
    """The name in one field: mostly first and last, else turned round, cut short, or made of the address."""
    suffix, title = writer.suffix(0.45), writer.title(1.0)
    first, middle, last = name.first, name.middle, name.last
    local_part = substitute(email, "@.*$", "")
    form = writer.dice.choose(writer.count, (0.76, 0.075, 0.045, 0.03, 0.03, 0.02, 0.04))
    form = np.where(name.is_native, 7, form)
    form = np.where((form == 6) & ~is_given(local_part), 0, form)
    return join_by_turns(
        form,
        [
            (join(first, middle, last, suffix, separator=" "),),
            (join(join(last, suffix, separator=" "), join(first, middle, separator=" "), separator=", "),),
            (first,),
            (join(beginning(first), last, separator=". "),),
            (join(title, first, last, suffix, separator=" "),),
            (join(title, last, separator=" "),),
            (local_part,),
            (last, " ", first),
        ],
    )


def support_records(table: Columns) -> Columns:
    """Requesters in the record contract."""
    return {
        "full_name": table["name"],
        "email": table["email"],
        "phone": table["phone"],
        "country": table["country"],
        "company": table["organization_name"],
        "updated_at": table["updated_at"],
    }


def records(source: int, table: Columns) -> Columns:
    """A customer table in the record contract: all its columns, those that the source lacks null."""
    found = _RECORDS[source](table)
    count = len(table["id"])
    given = {
        "source_system": constant(SOURCE_SYSTEMS[source], count),
        "source_record_id": table["id"],
        **found,
    }
    return {column: given.get(column, nulls(count)) for column in RECORD_COLUMNS}


_RECORDS = {CRM: crm_records, SHOP: shop_records, SUPPORT: support_records}
