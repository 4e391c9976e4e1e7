"""On Spark too ids, redirects and history outlive a build, though every table is made anew."""

import pytest

pytestmark = pytest.mark.spark

FIRST = [
    {"source_system": "crm", "source_record_id": "1", "full_name": "Ann Lee", "email": "ann@example.org"},
    {
        "source_system": "shop",
        "source_record_id": "2",
        "full_name": "Ann Winter",
        "email": "ann.lee@example.com",
    },
    {"source_system": "shop", "source_record_id": "3", "full_name": "Bo Ek", "email": "bo@example.org"},
]
# two customers become one, one goes, one is new
SECOND = [
    FIRST[0],
    FIRST[1] | {"email": "ann@example.org"},
    {"source_system": "crm", "source_record_id": "4", "full_name": "Cy Orr", "email": "cy@example.org"},
]
TOLD = {
    "crosswalk": "select record_key, customer_id from customer_crosswalk",
    "redirects": "select retired_customer_id, customer_id, status from customer_redirects",
    "events": "select event_type, customer_id, other_customer_id from identity_history",
    "spans": "select record_key, customer_id, valid_to is null as is_open from customer_crosswalk_history",
}


def test_ids_and_history_are_those_of_duckdb(make_project):
    found = {}
    for target in ("duckdb", "spark"):
        with make_project(target) as project:
            for rows in (FIRST, SECOND):
                project.records(rows)
                project.run(vars={"max_id_churn": 1})
            found[target] = {
                name: sorted(tuple(map(str, row.values())) for row in project.query(sql))
                for name, sql in TOLD.items()
            }
    assert len(found["duckdb"]["redirects"]) == 2
    assert found["spark"] == found["duckdb"]
