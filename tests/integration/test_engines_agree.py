"""The same records give the same customers, golden values and edges on every engine.

DATASETS names folders with records.csv whose hashes are to be compared, beside the demo's.
"""

import os
from pathlib import Path

import pytest

from identity_resolution.generation.generate import generate
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


ENGINES = ["postgres", pytest.param("spark", marks=pytest.mark.spark)]


def rows_by_key(project, mart):
    """The rows of a mart by their keys, all values as text."""
    return {
        tuple(row[name] for name in MARTS[mart].split(", ")): {
            name: str(value) for name, value in row.items()
        }
        for row in project.query(f"select * from {mart}")
    }


def hashes(project):
    """The hash of each result."""
    return {row["result"]: row["result_hash"] for row in project.query("select * from result_hashes")}


@pytest.fixture(scope="module")
def demo(make_project):
    """The marts of the demo, and the hashes, of an engine."""
    found = {}

    def of(target):
        if target not in found:
            with make_project(target) as project:
                assert project.dbt("seed", "--select", "tag:demo", vars=DEMO)
                # with all unit tests and data tests, the same on every engine
                project.build(vars=DEMO)
                found[target] = {mart: rows_by_key(project, mart) for mart in MARTS}, hashes(project)
        return found[target]

    return of


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mart", MARTS)
def test_mart_is_the_same_on_every_engine(demo, mart, engine):
    one, other = demo("duckdb")[0][mart], demo(engine)[0][mart]
    assert one, "the demo gives this mart no rows to compare"
    assert {"only on DuckDB": one.keys() - other.keys(), "only there": other.keys() - one.keys()} == {
        "only on DuckDB": set(),
        "only there": set(),
    }
    differences = {
        (key, name): (row[name], other[key][name])
        for key, row in one.items()
        for name in row
        if row[name] != other[key][name]
    }
    assert differences == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_hashes_are_the_same_on_every_engine(demo, engine):
    assert demo("duckdb")[1].keys() == {"partition", "golden_values", "edges"}
    assert demo(engine)[1] == demo("duckdb")[1]


@pytest.fixture(scope="module", params=os.environ.get("DATASETS", "").split() or ["generated"])
def dataset(request, tmp_path_factory):
    """A folder with records.csv: those that DATASETS names, else one that is generated."""
    if request.param != "generated":
        return Path(request.param)
    folder = tmp_path_factory.mktemp("generated")
    generate(3000, 7, folder)
    return folder


@pytest.mark.parametrize("engine", ENGINES)
def test_hashes_of_a_data_set_are_the_same_on_every_engine(make_project, dataset, engine):
    found = {}
    for target in ("duckdb", engine):
        with make_project(target) as project:
            project.records(dataset / "records.csv")
            project.run("--exclude", "tag:training")
            found[target] = hashes(project)
    assert found["duckdb"] == found[engine]


def test_hashes_tell_what_changed(make_project):
    with make_project("duckdb") as project:
        row = {"source_system": "crm", "first_name": "Ann", "last_name": "Lee", "email": "ann@example.org"}
        rows = [row | {"source_record_id": str(number)} for number in range(3)]
        project.records([*rows[:2], rows[2] | {"email": "bob@example.org", "first_name": "Bob"}])
        project.run()
        before = hashes(project)
        project.records(
            [rows[0], rows[1] | {"job_title": "Baker"}, rows[2] | {"email": None, "first_name": "Bob"}]
        )
        project.run()
        changed = hashes(project)
        assert {name for name in before if before[name] != changed[name]} == {"golden_values"}
        project.records(rows)
        project.run()
        assert all(hashes(project)[name] != before[name] for name in before)
