"""The cases of merge_cases.csv: two records, and whether they must be one customer.

To state a case, add two rows of one name to tests/rules/merge_cases.csv, with `match` or `no_match` and whatever columns
of the record contract matter; further rows of the case are records that are there as well. They are built beside 2,000
generated records, so that names have the frequencies of a real customer base.
"""

import csv
from pathlib import Path

import pytest

from identity_resolution.generation.generate import generate

CASES = Path(__file__).with_name("merge_cases.csv")
BACKGROUND = 2_000


def read_cases():
    """The rows of each case by its name."""
    cases = {}
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cases.setdefault(row["case"], []).append(row)
    return cases


@pytest.fixture(scope="module")
def customers(target, make_project, tmp_path_factory):
    """The customer of each case's two records."""
    folder = tmp_path_factory.mktemp("background")
    generate(BACKGROUND, 11, folder, "csv")
    with (folder / "records.csv").open(encoding="utf-8", newline="") as file:
        records = [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]
    for case, rows in read_cases().items():
        for side, row in zip("abcdef", rows, strict=False):
            contract = {
                name: value or None for name, value in row.items() if name not in ("case", "expected")
            }
            records.append(contract | {"source_system": "case", "source_record_id": f"{case} {side}"})
    with make_project(target) as project:
        project.records(records)
        project.run()
        rows = project.query(
            "select source_record_id, customer_id from customer_crosswalk where source_system = 'case'"
        )
    return {row["source_record_id"]: row["customer_id"] for row in rows}


def test_every_case_has_two_rows_or_more_and_one_expectation():
    for case, rows in read_cases().items():
        assert 2 <= len(rows) <= 6, case
        assert {row["expected"] for row in rows} in ({"match"}, {"no_match"}), case


@pytest.mark.parametrize("case", read_cases())
def test_case(customers, case):
    are_one = customers[f"{case} a"] == customers[f"{case} b"]
    assert ("match" if are_one else "no_match") == read_cases()[case][0]["expected"]
