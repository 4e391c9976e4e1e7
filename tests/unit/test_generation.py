"""The generator of demo data: what it promises about files, truth, mess and traps."""

import csv
import filecmp
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import phonenumbers
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from identity_resolution.cli import app
from identity_resolution.generation.files import TableFiles
from identity_resolution.generation.generate import DATA_SET_TABLES, RAW_TABLES, generate
from identity_resolution.generation.plan import FLAWS
from identity_resolution.generation.population import NEVER, make_population
from identity_resolution.generation.sources import RECORD_COLUMNS
from identity_resolution.generation.text import join
from identity_resolution.generation.vocabulary import names, places

ROOT = Path(__file__).parents[2]
RECORDS = 24_000
SEED = 7


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A generated folder of 24,000 records."""
    path = tmp_path_factory.mktemp("generated")
    generate(RECORDS, SEED, path)
    return path


@pytest.fixture(scope="module")
def database(folder):
    """Its tables, all text, and `people`: the records with their entity."""
    connection = duckdb.connect()
    for table in (*RAW_TABLES, *DATA_SET_TABLES):
        connection.execute(
            f"create table {table} as select * from read_csv('{folder / table}.csv', all_varchar = true)"
        )
    connection.execute(
        """
        create table people as
        select records.*, truth.entity_id
        from records
        inner join truth using (source_system, source_record_id)
        """
    )
    return connection


@pytest.fixture(scope="module")
def population():
    """The people of 60,000 records or so."""
    return make_population(25_000, SEED)


def value(database, sql):
    """The one value of a query."""
    return database.execute(sql).fetchall()[0][0]


# Files


def test_same_number_and_seed_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        generate(700, 3, tmp_path / name)
    files = [f"{table}.csv" for table in (*RAW_TABLES, *DATA_SET_TABLES)]
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", files, shallow=False) == (files, [], [])


def test_another_seed_gives_other_people(tmp_path):
    for seed in (3, 4):
        generate(700, seed, tmp_path / str(seed))
    assert (tmp_path / "3/records.csv").read_bytes() != (tmp_path / "4/records.csv").read_bytes()


def test_committed_demo_is_what_its_command_generates(tmp_path):
    readme = (ROOT / "seeds/demo/README.md").read_text()
    command = re.search(r"^idr generate --records (\d+) --seed (\d+) --out \S+$", readme, re.MULTILINE)
    assert command, "seeds/demo/README.md does not say the command"
    generate(int(command[1]), int(command[2]), tmp_path)
    for table in RAW_TABLES:
        committed = (ROOT / f"seeds/demo/{table}.csv").read_bytes()
        assert committed == (tmp_path / f"{table}.csv").read_bytes(), table


def test_demo_is_small():
    assert sum(file.stat().st_size for file in (ROOT / "seeds/demo").glob("*.csv")) < 1_500_000


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_few_records(tmp_path, count):
    generated = generate(count, 1, tmp_path)
    assert generated.records == generated.rows["records"] == count
    for table in (*RAW_TABLES, *DATA_SET_TABLES):
        assert (tmp_path / f"{table}.csv").stat().st_size > 0, f"{table} has no header"


def test_number_is_that_of_the_customer_records(database):
    counts = [
        value(database, f"select count(*) from {table}")
        for table in ("crm_contacts", "shop_customers", "support_requesters")
    ]
    assert sum(counts) == value(database, "select count(*) from records") == RECORDS
    assert min(counts) > 0.15 * RECORDS
    people = value(database, "select count(distinct entity_id) from truth")
    assert 2.2 < RECORDS / people < 2.6


def test_parquet_holds_the_same_text(tmp_path):
    generate(900, 5, tmp_path / "csv")
    generate(900, 5, tmp_path / "parquet", "parquet")
    for table in (*RAW_TABLES, *DATA_SET_TABLES):
        columns = pq.read_table(tmp_path / f"parquet/{table}.parquet")
        assert {field.type for field in columns.schema} == {pa.string()}, table
        with (tmp_path / f"csv/{table}.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert rows[0] == columns.column_names
        assert rows[1:] == [[field or "" for field in row.values()] for row in columns.to_pylist()], table


def test_csv_survives_any_text(tmp_path):
    values = ["plain", 'a "quote"', "a, comma", "two\nlines", "cr\rlf\r\n", "", None, " space ", '"', "日本"]
    with TableFiles(tmp_path, "csv") as files:
        for part in (values[:4], values[4:]):
            files.write("t", {"a": pa.array(part, pa.string()), "b": pa.array(part, pa.string())})
    assert files.rows == {"t": len(values)}
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["a", "b"], *([value or ""] * 2 for value in values)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--records", "0"], "--records: found 0; allowed: 1 or more"),
        (["--records", "-3"], "--records: found -3; allowed: 1 or more"),
        (["--records", "1", "--seed", "-1"], "--seed: found -1; allowed: 0 or more"),
        (["--records", "1", "--out", "{folder}/file"], "cannot write to {folder}/file: File exists"),
        (
            ["--records", "1", "--out", "{folder}/other"],
            "{folder}/other holds truth.parquet of another run; remove it or choose another folder",
        ),
    ],
)
def test_wrong_use_is_one_line(tmp_path, arguments, message):
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/truth.parquet").touch()
    given = [argument.format(folder=tmp_path) for argument in arguments]
    if "--out" not in given:
        given += ["--out", str(tmp_path / "new")]
    result = CliRunner().invoke(app, ["generate", *given])
    assert result.exit_code == 2
    assert result.stderr == f"idr: {message.format(folder=tmp_path)}\n"
    assert not (tmp_path / "new").exists(), "something was written"


def test_command_says_what_it_made(tmp_path):
    result = CliRunner().invoke(
        app, ["generate", "--records", "50", "--out", str(tmp_path), "--format", "parquet"]
    )
    assert result.exit_code == 0, result.stderr
    assert re.fullmatch(r"50 customer records of \d+ people are in .+\n", result.stdout)
    assert sorted(file.stem for file in tmp_path.glob("*.parquet")) == sorted((*RAW_TABLES, *DATA_SET_TABLES))


# Truth and malformed rows


def test_every_id_has_one_entity(database):
    assert value(database, "select count(*) from truth where source_record_id is null") == 0
    assert (
        value(
            database,
            """
            select count(*)
            from (
                select distinct source_system, source_record_id from records
                where source_record_id is not null
            ) as ids
            full join (select source_system, source_record_id, count(*) as n from truth group by all) as known
                using (source_system, source_record_id)
            where known.n is distinct from 1
            """,
        )
        == 0
    )
    assert value(database, "select count(*) from (from truth except from truth_entities)") == 0


def test_malformed_rows_are_about_one_in_a_hundred(database):
    assert 0.009 < sum(FLAWS.values()) < 0.013
    identifying = " and ".join(
        f"{column} is null"
        for column in RECORD_COLUMNS
        if column not in ("source_system", "source_record_id", "country", "updated_at")
    )
    queries = {
        "missing_id": "select count(*) from records where source_record_id is null",
        "duplicate_id": """
            select count(source_record_id) - count(distinct source_system || source_record_id) from records
        """,
        "nothing_identifying": f"select count(*) from records where {identifying}",
        "future_birth_date": "select count(*) from records where regexp_extract(date_of_birth, '\\d{4}') > '2026'",
        "invalid_email": "select count(*) from records where email not like '%_@_%._%' or email like '%@@%'",
        "impossible_phone": """
            select count(*) from records
            where length(regexp_replace(phone, '\\D', '', 'g')) not between 7 and 16 and not phone like '%x%'
                or phone like '+999%'
        """,
    }
    for flaw, sql in queries.items():
        found, expected = value(database, sql), round(FLAWS[flaw] * RECORDS)
        if flaw == "impossible_phone":
            assert expected <= found < 1.3 * expected, flaw
        elif flaw == "nothing_identifying":
            assert expected <= found < 1.5 * expected, flaw
        else:
            assert found == expected, flaw


def test_row_with_nothing_identifying_is_nobodys_record(database):
    alone = database.execute(
        "select entity_id, count(*) from truth where entity_id like 'N%' group by 1"
    ).fetchall()
    assert len(alone) == round(FLAWS["nothing_identifying"] * RECORDS)
    assert {count for _, count in alone} == {1}


def test_duplicate_id_is_the_same_persons_earlier_delivery(database):
    pairs = database.execute(
        """
        select list(coalesce(last_name, full_name)), list(updated_at)
        from records
        where source_record_id is not null
        group by source_system, source_record_id
        having count(*) > 1
        """
    ).fetchall()
    assert len(pairs) == round(FLAWS["duplicate_id"] * RECORDS)
    assert all(len(set(times)) == 2 for _, times in pairs)


def test_activities_belong_to_customers(database):
    for activities, key, customers in (
        ("shop_orders", "customer_id", "shop_customers"),
        ("support_tickets", "requester_id", "support_requesters"),
    ):
        known = value(
            database,
            f"select avg(({key} in (select id from {customers}))::int) from {activities} where {key} is not null",
        )
        assert known > 0.99, activities
        assert value(database, f"select count(id) - count(distinct id) from {activities}") == 0
    assert 0.005 < value(database, "select avg((customer_id is null)::int) from shop_orders") < 0.03


# Mess: shares of the records that have it, from and to


MESS = {
    "title in front of the name": ("crm_contacts", "salutation is not null", 0.25, 0.45),
    "suffix": ("crm_contacts", "suffix is not null or last_name ~ ' (Jr|Sr|II|III|3rd)\\.?$'", 0.003, 0.04),
    "suffix in one field": ("support_requesters", "name ~ ' (Jr\\.?|JR|II|III|3rd)(,|$)'", 0.001, 0.03),
    "last name first": ("support_requesters", "name like '%, %'", 0.05, 0.1),
    "one word for a name": ("support_requesters", "name not like '% %'", 0.06, 0.15),
    "initial for a first name": ("crm_contacts", "first_name ~ '^.\\.?$'", 0.005, 0.04),
    "middle name": ("crm_contacts", "middle_name is not null", 0.1, 0.25),
    "upper case": ("crm_contacts", "last_name = upper(last_name) and length(last_name) > 3", 0.02, 0.05),
    "lower case": ("shop_customers", "last_name = lower(last_name)", 0.04, 0.08),
    "accents": ("records", "strip_accents(concat(full_name, last_name)) <> concat(full_name, last_name)", 0.04, 0.2),
    "not in Latin letters": ("records", "concat(full_name, last_name) ~ '[\u0370-\u04ff\u4e00-\u9fff]'", 0.005, 0.03),
    "hyphenated": ("records", "last_name like '%_-_%' or full_name like '%_-_%'", 0.003, 0.04),
    "plus-address": ("records", "email like '%+%@%'", 0.01, 0.03),
    "role mailbox": ("records", "email ~ '^(info|sales|office|support|contact|admin|hello|accounts|billing)@'", 0.006, 0.04),
    "placeholder email": ("records", "email in ('test@test.com', 'none@none.com')", 0.001, 0.005),
    "placeholder phone": ("records", "phone in ('0000000000', '1111111111', '9999999999')", 0.001, 0.01),
    "placeholder birth date": ("records", "date_of_birth in ('1900-01-01', '01/01/1900')", 0.001, 0.01),
    "international phone": ("records", "phone like '+%' or phone like '00%'", 0.1, 0.4),
    "extension": ("crm_contacts", "phone ~ 'x\\D*\\d{3}$'", 0.01, 0.1),
    "two lines of street": ("crm_contacts", "mailing_street like '%' || chr(10) || '%'", 0.005, 0.04),
    "leading zero of the postal code lost": (
        "crm_contacts",
        "length(mailing_postal_code) = 4 and mailing_state in ('NJ', 'MA', 'CT')",
        0.0003,
        0.01,
    ),
    "ZIP+4": ("crm_contacts", "mailing_postal_code ~ '^\\d{5}-\\d{4}$'", 0.01, 0.06),
    "no birth date": ("records", "date_of_birth is null", 0.55, 0.75),
    "no email": ("records", "email is null", 0.03, 0.15),
    "no phone": ("records", "phone is null", 0.2, 0.5),
    "no street": ("records", "street is null", 0.25, 0.5),
    "American": ("shop_customers", "default_address_country_code = 'US'", 0.45, 0.65),
    "price that is no number": ("shop_orders", "try_cast(total_price as decimal) is null", 0.0005, 0.005),
}  # fmt: skip


@pytest.mark.parametrize("mess", MESS)
def test_share_of_mess(database, mess):
    table, condition, low, high = MESS[mess]
    share = value(database, f"select avg(coalesce({condition}, false)::int) from {table}")
    assert low <= share <= high, f"{share:.4f}"


def test_sources_deliver_in_their_own_formats(database):
    formats = {
        ("crm", "date_of_birth"): r"\d{4}-\d{2}-\d{2}",
        ("shop", "date_of_birth"): r"\d{2}/\d{2}/\d{4}",
        ("crm", "updated_at"): r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z",
        ("shop", "updated_at"): r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
        ("support", "updated_at"): r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    }
    for (source, column), pattern in formats.items():
        sql = f"select bool_and(regexp_full_match({column}, '{pattern}')) from records where source_system = '{source}'"
        assert value(database, sql), (source, column)
    for column in ("date_of_birth", "street", "city", "first_name", "last_name"):
        assert value(database, f"select count({column}) from records where source_system = 'support'") == 0
    assert value(database, "select count(full_name) from records where source_system <> 'support'") == 0


# What the records of one person differ in: share of the pairs that can be compared

DIFFERENCES = {
    "typing error in the last name": ("last_name", "damerau_levenshtein(lower(a), lower(b)) = 1", 0.01, 0.12),
    "other last name": ("last_name", "jaro_winkler_similarity(lower(a), lower(b)) < 0.7", 0.005, 0.06),
    "nickname or initial": (
        "first_name",
        "lower(a) <> lower(b) and a[1] = b[1] and levenshtein(a, b) > 2",
        0.02,
        0.12,
    ),
    "other email": ("email", "lower(a) <> lower(b)", 0.2, 0.5),
    "dots of Gmail": (
        "email",
        "lower(a) <> lower(b) and a like '%@gmail.com' and replace(lower(a), '.', '') = replace(lower(b), '.', '')",
        0.005,
        0.05,
    ),
    "other phone": ("right(regexp_replace(phone, '\\D', '', 'g'), 9)", "a <> b", 0.1, 0.45),
    "other street": ("street", "jaro_winkler_similarity(lower(a), lower(b)) < 0.7", 0.1, 0.45),
    "other spelling of the street": ("street", "a <> b and jaro_winkler_similarity(lower(a), lower(b)) >= 0.8", 0.1, 0.6),
    "day and month swapped": (
        "try_strptime(date_of_birth, ['%Y-%m-%d', '%m/%d/%Y'])",
        "year(a) = year(b) and month(a) = day(b) and day(a) = month(b) and a <> b",
        0.005,
        0.05,
    ),
}  # fmt: skip


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_share_of_differences_between_records_of_one_person(database, difference):
    column, condition, low, high = DIFFERENCES[difference]
    share = value(
        database,
        f"""
        with given as (
            select entity_id, source_system || source_record_id as record_key, {column} as found from people
        )
        select avg(coalesce({condition}, false)::int)
        from (
            select one.found as a, other.found as b
            from given as one
            inner join given as other
                on one.entity_id = other.entity_id and one.record_key < other.record_key
            where one.found is not null and other.found is not null
        ) as pairs
        """,
    )
    assert low <= share <= high, f"{share:.4f}"


def test_names_change_places(database, population):
    swapped = value(
        database,
        """
        select count(*)
        from people as one
        inner join people as other
            on one.entity_id = other.entity_id and one.first_name = other.last_name
            and one.last_name = other.first_name
        """,
    )
    assert 0.003 * RECORDS < swapped < 0.03 * RECORDS


def test_people_can_be_recognised(database):
    """A careful person, who knows no more than the records, finds most of what belongs together."""
    rows = database.execute(
        """
        select
            entity_id,
            nullif(regexp_replace(lower(email), '\\+.*@', '@'), ''),
            right(regexp_replace(phone, '\\D', '', 'g'), 9),
            lower(left(coalesce(last_name, full_name), 3)) || regexp_replace(date_of_birth, '\\D', '', 'g'),
            regexp_extract(street, '\\d+') || left(postal_code, 3) || lower(left(first_name, 2)),
            lower(strip_accents(first_name || last_name || coalesce(city, '')))
        from people
        """
    ).fetchall()
    parents = list(range(len(rows)))

    def root(node):
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    seen = {}
    for number, (entity, *keys) in enumerate(rows):
        for kind, key in enumerate(keys):
            if key:
                other = seen.setdefault((entity, kind, key), number)
                parents[root(number)] = root(other)
    whole, parts = Counter(row[0] for row in rows), Counter((rows[n][0], root(n)) for n in range(len(rows)))

    def pairs(counts):
        return sum(count * (count - 1) // 2 for count in counts.values())

    found = pairs(parts) / pairs(whole)
    assert 0.85 < found < 0.99, f"{found:.3f}"


def test_one_person_has_records_in_several_sources_and_several_in_one(database):
    several, again = database.execute(
        """
        select avg((sources > 1)::int), avg((records > sources)::int)
        from (
            select entity_id, count(*) as records, count(distinct source_system) as sources
            from truth
            group by entity_id
        ) as people
        """
    ).fetchall()[0]
    assert several > 0.5
    assert 0.1 < again < 0.4


# Traps for over-merging


def households(population):
    """Positions of neighbours in the table who are of one household."""
    return [
        (one, other)
        for one, other in pairwise(range(len(population)))
        if population.household[one] == population.household[other]
    ]


def test_families_share_address_mailbox_and_phone(population):
    together = households(population)
    share = {
        "address": np.mean([population.home[0, a] == population.home[0, b] for a, b in together]),
        "mailbox": np.mean([population.family_email[a] >= 0 for a, _ in together]),
        "landline": np.mean([population.landline[a] == population.landline[b] >= 0 for a, b in together]),
        "last name": np.mean([population.last_name[1, a] == population.last_name[1, b] for a, b in together]),
    }
    assert share["address"] == 1
    assert 0.1 < share["mailbox"] < 0.4
    assert 0.3 < share["landline"] < 0.7
    assert 0.5 < share["last name"] < 0.95


def test_twins_and_namesakes(population):
    together = households(population)
    twins = [(a, b) for a, b in together if population.birth_day[a] == population.birth_day[b]]
    assert 0.003 < 2 * len(twins) / len(population) < 0.03
    assert all(population.first_name[a] != population.first_name[b] for a, b in twins)
    namesakes = [
        person
        for person in range(len(population))
        if population.head[person] != person
        and population.first_name[person] == population.first_name[population.head[person]]
        and population.last_name[1, person] == population.last_name[1, population.head[person]]
    ]
    assert 0.002 < len(namesakes) / len(population) < 0.02
    assert all(population.suffix[person] > 0 for person in namesakes)
    years = [
        (population.birth_day[person] - population.birth_day[population.head[person]]) / 365.25
        for person in namesakes
    ]
    assert min(years) > 15


def test_suffix_of_a_namesake_is_sometimes_missing(database):
    told = value(
        database,
        "select avg((suffix is not null or last_name ~ ' (Jr|II|III)')::int) from crm_contacts "
        "where id in (select source_record_id from truth where entity_id in "
        "(select entity_id from people where last_name ~ ' (Jr|JR|II|III|3rd)\\.?$'))",
    )
    assert 0.4 < told < 0.95


def test_phones_are_recycled(population):
    owners = Counter(population.mobile[0]) + Counter(
        population.mobile[1][population.mobile[1] != population.mobile[0]]
    )
    recycled = sum(count > 1 for count in owners.values())
    assert 0.001 < recycled / len(population) < 0.02


def test_strangers_of_one_name_live_in_one_town(population):
    place = population.addresses.place[population.home[0]]
    found = Counter(zip(population.first_name, population.last_name[1], place, strict=True))
    pairs = sum(count > 1 for count in found.values())
    assert 0.003 < pairs / len(population) < 0.05


def test_neighbours_live_in_one_building(population):
    addresses = population.addresses
    flats = np.flatnonzero(addresses.unit_style >= 0)
    buildings = Counter(
        zip(addresses.place[flats], addresses.street[flats], addresses.number[flats], strict=True)
    )
    assert 0.1 < sum(count for count in buildings.values() if count > 1) / len(flats) < 0.5


def test_colleagues_share_switchboard_and_role_mailbox(database):
    mailboxes = value(
        database,
        """
        select count(*)
        from (
            select email from people where email ~ '^(info|sales|office|support|contact|admin)@.*[.]example$'
            group by email
            having count(distinct entity_id) > 1
        ) as mailboxes
        """,
    )
    assert mailboxes > 15
    switchboards = value(
        database,
        """
        select count(*)
        from (
            select right(regexp_replace(split_part(phone, 'x', 1), '\\D', '', 'g'), 9) as digits
            from crm_contacts
            inner join truth on crm_contacts.id = truth.source_record_id
            where account_id is not null and phone is not null
            group by digits
            having count(distinct entity_id) > 2
        ) as phones
        """,
    )
    assert switchboards > 50


# Vocabulary


def test_a_mailbox_is_one_persons_or_one_households(population):
    addresses = population.mailboxes.to_pylist()
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(r"[a-z0-9._]+@[a-z0-9.-]+\.[a-z]+", address) for address in addresses)


def test_companies_have_invented_domains(population):
    domains = population.companies.domain.to_pylist()
    assert all(domain.endswith(".example") for domain in domains)
    assert len(set(domains)) == len(domains)


def test_phones_are_valid_in_their_country(population):
    phones = population.phones
    numbers = join(phones.area, phones.head, phones.tail).to_pylist()
    valid, total = Counter(), Counter()
    for number, position in zip(numbers, phones.country, strict=True):
        country = places().countries[position]
        if total[country.code] < 500:
            total[country.code] += 1
            parsed = phonenumbers.parse(f"+{country.calling_code}{number}")
            valid[country.code] += phonenumbers.is_valid_number(parsed)
    assert len(total) >= 12
    assert {code: valid[code] / total[code] for code in total if valid[code] < 0.93 * total[code]} == {}
    assert valid.total() / total.total() > 0.98


POSTAL_CODES = {
    "US": r"\d{5}", "GB": r"[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}", "DE": r"\d{5}", "CA": r"[A-Z]\d[A-Z] \d[A-Z]\d",
    "FR": r"\d{5}", "AU": r"\d{4}", "ES": r"\d{5}", "IT": r"\d{5}", "NL": r"\d{4} [A-Z]{2}", "MX": r"\d{5}",
    "PL": r"\d{2}-\d{3}", "SE": r"\d{3} \d{2}", "GR": r"\d{3} \d{2}", "UA": r"\d{5}", "JP": r"\d{3}-\d{4}",
}  # fmt: skip


def test_postal_codes_have_the_shape_of_their_country(population):
    addresses = population.addresses
    for code, position in zip(addresses.postal_code.to_pylist(), addresses.country, strict=True):
        country = places().countries[position].code
        assert re.fullmatch(POSTAL_CODES[country], code), (country, code)
    assert {places().countries[position].code for position in addresses.country} == set(POSTAL_CODES)


def test_a_street_has_one_postal_code(population):
    addresses = population.addresses
    found = {}
    for *street, code in zip(
        addresses.place, addresses.street, addresses.postal_code.to_pylist(), strict=True
    ):
        assert found.setdefault(tuple(street), code) == code


def test_names_are_as_unequally_frequent_as_real_ones(population):
    here = population.country == [country.code for country in places().countries].index("US")
    counts = np.array(sorted(Counter(population.last_name[1, here].tolist()).values(), reverse=True))
    shares = counts / counts.sum()
    assert 0.005 < shares[0] < 0.02, "the commonest last name"
    assert 0.1 < shares[:100].sum() < 0.4, "the hundred commonest"
    assert (counts == 1).sum() > 0.1 * counts.sum(), "names that one person has"


def test_every_culture_has_names_of_its_own():
    for culture in names().cultures:
        assert len(names().first.draws[culture]) == 2
        for draw in (*names().first.draws[culture], *names().last.draws[culture]):
            assert len(draw.cumulative) >= 25, culture


def test_nicknames_are_other_names():
    first = names().first.latin.to_pylist()
    for position in np.flatnonzero(names().nickname_count):
        start = names().nickname_start[position]
        for nickname in names().nicknames[start : start + names().nickname_count[position]]:
            assert first[nickname] != first[position]


def test_changes_happen_within_the_demos_time(population):
    for changed_at in (population.last_name_changed_at, population.moved_at, population.mobile_changed_at):
        changed = changed_at[changed_at < NEVER]
        assert 0.01 < len(changed) / len(population) < 0.4
