"""Normalisation, case by case: each row of a table in cases/ is a delivered value and what becomes of it.

The tables are the place for a case that went wrong: add a row.
"""

import csv
from datetime import date

import pytest

from support.project import ROOT

CASES = ROOT / "tests/integration/cases"
TABLES = ("names", "birth_dates", "emails", "phones", "addresses")


def read(table):
    """The rows of a table, empty fields as None."""
    with (CASES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def delivered(table, row):
    """The row as a record: what is not `case` or `expected_…` is in the record contract."""
    columns = {
        name: value for name, value in row.items() if name != "case" and not name.startswith("expected_")
    }
    return columns | {"source_system": table, "source_record_id": row["case"]}


@pytest.fixture(scope="module")
def normalised(target, make_project):
    """What became of each case, by table and case."""
    with make_project(target) as project:
        project.records([delivered(table, row) for table in TABLES for row in read(table)])
        project.run("--select", "+int_normalised_records")
        schema = f"{project.schema}_intermediate"
        rows = project.query(
            f"""
            select normalised.*, parsed.phone_extension
            from {schema}.int_normalised_records as normalised
            left join {schema}.int_delivered_records as delivered
                on normalised.source_system = delivered.source_system
                and normalised.source_record_id = delivered.source_record_id
            left join {schema}.int_parsed_phones as parsed on delivered.phone_id = parsed.phone_id
            """
        )
    return {(row["source_system"], row["source_record_id"]): row for row in rows}


def check(normalised, table, row, columns):
    """Compare the columns (expected name: model's column) of one case."""
    found = normalised[table, row["case"]]
    expected = {name: row[f"expected_{name}"] for name in columns}
    assert {name: plain(found[column]) for name, column in columns.items()} == expected


def plain(value):
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else value


def cases(table):
    return pytest.mark.parametrize("row", read(table), ids=lambda row: row["case"])


@cases("names")
def test_name(normalised, row):
    columns = {
        "first": "first_name",
        "middle": "middle_name",
        "last": "last_name",
        "suffix": "name_suffix",
        "first_key": "first_name_key",
        "last_key": "last_name_key",
    }
    check(normalised, "names", row, columns)


@cases("birth_dates")
def test_birth_date(normalised, row):
    check(normalised, "birth_dates", row, {"birth_date": "birth_date", "problem": "birth_date_problem"})


@cases("emails")
def test_email(normalised, row):
    columns = {
        "email": "email",
        "key": "email_key",
        "domain": "email_domain",
        "free": "is_free_mail",
        "role": "is_role_mailbox",
        "problem": "email_problem",
    }
    check(normalised, "emails", row, columns)


@cases("phones")
def test_phone(normalised, row):
    columns = {
        "phone": "phone",
        "extension": "phone_extension",
        "key": "phone_key",
        "problem": "phone_problem",
    }
    check(normalised, "phones", row, columns)


@cases("addresses")
def test_address(normalised, row):
    columns = {
        "street_key": "street_key",
        "house_number": "house_number",
        "unit_key": "unit_key",
        "city_key": "city_key",
        "state_key": "state_key",
        "postal_code_key": "postal_code_key",
        "problem": "address_problem",
    }
    check(normalised, "addresses", row, columns)


def test_ambiguous_birth_dates_follow_the_source(project):
    project.records(
        [{"source_system": "crm", "source_record_id": "1", "last_name": "Roe", "date_of_birth": "02/03/1980"}]
    )
    source = {"model": "stg_generic__records", "date_order": "dmy"}
    project.run("--select", "+int_normalised_records", vars={"identity_sources": [source]})
    rows = project.query(f"select birth_date from {project.schema}_intermediate.int_normalised_records")
    assert rows == [{"birth_date": date(1980, 3, 2)}]
