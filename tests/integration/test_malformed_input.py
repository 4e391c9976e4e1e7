"""The table of docs/malformed-input.md, built: what happens to each malformed row and value."""

from collections import Counter

import pytest

from support.project import ROOT

PERSON = {"source_system": "crm", "first_name": "Jane", "last_name": "Smithers", "email": "jane@acme.example"}

# the rows of each case of the document; an id is made of the case where none is given
ROWS = {
    "no id": [PERSON | {"source_record_id": None}],
    "id of spaces only": [PERSON | {"source_record_id": "   "}],
    "no source system": [PERSON | {"source_system": None}],
    "two rows of one id, the older one": [PERSON | {"source_record_id": "twice", "updated_at": "2024-01-01"}],
    "two rows of one id, the newer one": [PERSON | {"source_record_id": "twice", "updated_at": "2025-01-01"}],
    "three rows that are the same in everything": [PERSON | {"source_record_id": "thrice"}] * 3,
    "no value but the id": [{"source_system": "crm"}],
    "only a first name": [{"source_system": "crm", "first_name": "Jane"}],
    "only a first name and a city": [{"source_system": "crm", "first_name": "Jane", "city": "Dayton"}],
    "only a birth date": [{"source_system": "crm", "date_of_birth": "1980-02-03"}],
    "only a gender and a job title": [{"source_system": "crm", "gender": "f", "job_title": "Engineer"}],
    "only placeholders": [
        {
            "source_system": "crm",
            "first_name": "Test",
            "last_name": "Unknown",
            "email": "test@test.com",
            "phone": "0000000000",
        }
    ],
    "email without an at sign": [PERSON | {"email": "jane.acme.example"}],
    "email with two at signs": [PERSON | {"email": "jane@smith@acme.example"}],
    "email placeholder": [PERSON | {"email": "test@test.com"}],
    "phone of 40 digits": [PERSON | {"phone": "1234567890" * 4}],
    "phone of zeros": [PERSON | {"phone": "000-000-0000"}],
    "phone in words": [PERSON | {"phone": "ask reception"}],
    "birth date of 31 February": [PERSON | {"date_of_birth": "1980-02-31"}],
    "birth date in the future": [PERSON | {"date_of_birth": "2190-02-03"}],
    "birth date after the record's last change": [
        PERSON | {"date_of_birth": "2020-02-03", "updated_at": "2019-01-01T00:00:00Z"}
    ],
    "birth date of 1900-01-01": [PERSON | {"date_of_birth": "1900-01-01"}],
    "unknown gender word": [PERSON | {"gender": "qwerty"}],
    "official number of one digit repeated": [PERSON | {"national_id": "000-00-0000"}],
    "official number too short": [PERSON | {"national_id": "12"}],
    "postal code of another country's shape": [PERSON | {"postal_code": "SW1A 2AA", "country": "US"}],
    "last change that is no date": [PERSON | {"updated_at": "yesterday"}],
    "name of 10,000 characters": [PERSON | {"first_name": "x" * 10_000}],
    "name of punctuation only": [PERSON | {"first_name": "???", "last_name": "--"}],
    "company that is a placeholder": [PERSON | {"company": "N/A"}],
    "emoji and right-to-left text": [PERSON | {"first_name": "😀", "last_name": "محمد", "city": "תל אביב"}],
    "control characters and line breaks": [
        PERSON | {"first_name": "Ja\x01ne\r\n\t", "street": "1 Main St\nApt 2\x1f"}
    ],
    "quotes and SQL": [
        PERSON | {"last_name": "O'Brien\"; drop table customers; --", "city": "{{ var('x') }} %s"}
    ],
    "spreadsheet formula": [
        PERSON | {"first_name": '=HYPERLINK("http://example.org")', "phone": "@SUM(1+1)*cmd|' /C calc'!A0"}
    ],
    "unknown country": [PERSON | {"country": "Atlantis", "postal_code": "??", "phone": "22334455"}],
    "id with spaces, colons and quotes": [PERSON | {"source_record_id": "a b:c'\"d"}],
    "source system with a colon": [PERSON | {"source_system": "crm:eu"}],
}


def documented():
    """case → (what became of its rows, its rejected values), as the document says."""
    table = {}
    for line in (ROOT / "docs/malformed-input.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "case":
            rejected = dict(item.split() for item in cells[2].split(", ") if item)
            table[cells[0]] = (Counter(cells[1].split(", ")), rejected)
    return table


@pytest.fixture(scope="module")
def outcome(target, make_project):
    """case → (what became of its rows, its rejected values), as built."""
    delivered = []
    for case, rows in ROWS.items():
        # job_title tells the case where there is no id to tell it
        delivered += [{"source_record_id": case, "job_title": f"case {case}"} | row for row in rows]
    with make_project(target) as project:
        project.records(delivered)
        project.run()
        accounting = project.dbt("test", "--select", "every_delivered_row_is_accounted_for")
        assert accounting, accounting.failures or accounting.error
        assert accounting.statuses
        schema = f"{project.schema}_intermediate"
        rows = project.query(
            f"""
            select
                delivered.job_title,
                normalised.source_system || ':' || normalised.source_record_id as record_key,
                normalised.quarantine_reason
            from {schema}.int_normalised_records as normalised
            inner join {schema}.int_delivered_records as delivered
                on coalesce(normalised.source_system, '') = coalesce(delivered.source_system, '')
                and coalesce(normalised.source_record_id, '') = coalesce(delivered.source_record_id, '')
                and normalised.copy_number = delivered.copy_number
            """
        )
        rejected = project.query("select * from rejected_values")
        quarantined = project.query("select * from quarantined_records")
        customers = project.query("select record_key from customer_crosswalk")
    return delivered, rows, rejected, quarantined, customers


def test_document_and_rows_name_the_same_cases():
    assert list(documented()) == list(ROWS)
    assert len(ROWS) >= 25


@pytest.mark.parametrize("case", ROWS)
def test_row_becomes_what_the_document_says(outcome, case):
    _, rows, rejected, _, _ = outcome
    expected, expected_rejected = documented()[case]
    mine = [row for row in rows if row["job_title"] in (f"case {case}", ROWS[case][0].get("job_title"))]
    assert Counter(row["quarantine_reason"] or "kept" for row in mine) == expected
    keys = {row["record_key"] for row in mine if not row["quarantine_reason"]}
    if keys:
        found = {value["attribute"]: value["reason"] for value in rejected if value["record_key"] in keys}
        assert found == expected_rejected


def test_every_row_is_there(outcome):
    delivered, rows, _, quarantined, customers = outcome
    assert len(rows) == len(delivered)
    assert len(quarantined) + len(customers) == len(delivered)


def test_the_quarantined_row_is_kept_as_delivered(outcome):
    _, _, _, quarantined, _ = outcome
    rows = {row["source_record_id"]: row["raw_row"] for row in quarantined}
    assert rows["only a first name"] == (
        '{"source_system":"crm","source_record_id":"only a first name","first_name":"Jane","job_title":"case only a first name"}'
    )
