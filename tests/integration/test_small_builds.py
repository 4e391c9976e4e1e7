"""Builds of a handful of records, on every engine."""

import csv
import random

from identity_resolution.generation.generate import generate

MARTS = (
    "golden_customers",
    "golden_customer_lineage",
    "customer_crosswalk",
    "identity_edges",
    "review_queue",
    "quarantined_records",
    "rejected_values",
    "skipped_blocks",
    "ignored_identifiers",
)

JANE = {
    "source_system": "crm",
    "source_record_id": "1",
    "first_name": "Jane",
    "last_name": "Smithers",
    "email": "jane.smithers@gmail.com",
    "phone": "+1 415 555 2671",
}


def test_two_records_of_one_person_become_one_customer(project):
    project.records([JANE, JANE | {"source_system": "shop", "email": "janesmithers+shop@gmail.com"}])
    project.run()
    customers = project.query("select * from golden_customers")
    assert len(customers) == 1
    assert customers[0]["record_count"] == 2


def test_an_empty_source_gives_empty_marts(project):
    project.records([])
    project.run()
    for mart in (
        "golden_customers",
        "customer_crosswalk",
        "identity_edges",
        "review_queue",
        "quarantined_records",
    ):
        assert project.query(f"select count(*) as n from {mart}")[0]["n"] == 0, mart


def test_a_single_record_is_a_customer(project):
    project.records([JANE])
    project.run()
    assert [row["record_count"] for row in project.query("select record_count from golden_customers")] == [1]


def test_a_second_build_changes_no_row(project):
    project.records(
        [JANE, JANE | {"source_system": "shop"}, JANE | {"source_record_id": "2", "first_name": "Joan"}]
    )
    project.run()
    before = {mart: sorted(map(str, project.query(f"select * from {mart}"))) for mart in MARTS}
    project.run()
    for mart in MARTS:
        assert sorted(map(str, project.query(f"select * from {mart}"))) == before[mart], mart


def test_the_order_of_rows_does_not_matter(project, tmp_path):
    generate(600, 5, tmp_path, "csv")
    with (tmp_path / "records.csv").open(encoding="utf-8", newline="") as file:
        rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]
    built = []
    for order in range(2):
        random.Random(order).shuffle(rows)
        project.records(rows)
        project.run("--threads", str(1 + 3 * order))
        built.append({mart: sorted(map(str, project.query(f"select * from {mart}"))) for mart in MARTS})
    for mart in MARTS:
        assert built[1][mart] == built[0][mart], mart
