"""The demo gives the same customers, golden values and edges on every engine."""

import pytest

from support.project import DEMO

MARTS = {
    "customer_crosswalk": "record_key",
    "golden_customers": "customer_id",
    "golden_customer_lineage": "customer_id, attribute",
    "identity_edges": "edge_id",
    "review_queue": "review_id",
    "quarantined_records": "quarantine_id",
    "rejected_values": "record_key, attribute",
    "ignored_identifiers": "identifier_type, identifier_value",
}


@pytest.fixture(scope="module")
def marts(make_project):
    """The rows of each mart by their keys, of each engine."""
    found = {}
    for target in ("duckdb", "postgres"):
        with make_project(target) as project:
            assert project.dbt("seed", "--select", "tag:demo", vars=DEMO)
            # with all unit tests and data tests, the same on every engine
            project.build(vars=DEMO)
            found[target] = {
                mart: {
                    tuple(row[name] for name in key.split(", ")): {
                        name: str(value) for name, value in row.items()
                    }
                    for row in project.query(f"select * from {mart}")
                }
                for mart, key in MARTS.items()
            }
    return found


@pytest.mark.parametrize("mart", MARTS)
def test_mart_is_the_same_on_every_engine(marts, mart):
    one, other = marts["duckdb"][mart], marts["postgres"][mart]
    assert one, "the demo gives this mart no rows to compare"
    assert {"only on DuckDB": one.keys() - other.keys(), "only on Postgres": other.keys() - one.keys()} == {
        "only on DuckDB": set(),
        "only on Postgres": set(),
    }
    differences = {
        (key, name): (row[name], other[key][name])
        for key, row in one.items()
        for name in row
        if row[name] != other[key][name]
    }
    assert differences == {}
