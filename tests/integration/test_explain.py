"""`idr explain`: why two records are one customer, or two, in words and as JSON."""

import json

import pytest
from typer.testing import CliRunner

from identity_resolution.cli import app
from integration.test_lasting_identity import ANN, BEN, STRANGER, customers, decide, record
from support.project import DATABASE, ROOT

# his birth date is a generation later, and nothing else is against one person
SON = ANN | {"date_of_birth": "2004-11-19", "phone": None}


@pytest.fixture
def explain(project, monkeypatch):
    """Runs the command on the scratch project; returns its outcome."""
    monkeypatch.setenv("IDR_DUCKDB_PATH", str(project.file))
    monkeypatch.setenv("PGDATABASE", DATABASE)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        command = ["explain", *arguments, "--target", project.target, "--project-dir", str(ROOT)]
        return CliRunner().invoke(app, command)

    return run


def words(outcome):
    """What was printed, lines and spaces as one, after a look at its width."""
    assert outcome.exit_code == 0, outcome.output
    assert max(map(len, outcome.stdout.splitlines())) <= 80
    return " ".join(outcome.stdout.split())


def parts(outcome):
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


def error(outcome):
    """The one line of an error."""
    assert outcome.exit_code == 2, outcome.output
    assert outcome.stdout == ""
    (line,) = outcome.stderr.splitlines()
    return line


def test_one_customer_by_a_chain(project, explain):
    # the first and the last have nothing in common but the name
    records = [
        record("crm", 1, ANN, phone=None, date_of_birth=None),
        record("shop", 1, ANN),
        record("support", 1, ANN, email=None, date_of_birth=None),
    ]
    project.records(records)
    project.run()
    assert len(set(customers(project).values())) == 1

    found = parts(explain("crm:1", "support:1", "--json"))
    assert found["verdict"] == "one_customer"
    assert [place["record_key"] for place in found["records"]] == ["crm:1", "support:1"]
    assert [place["living_record_count"] for place in found["records"]] == [3, 3]
    rows = project.query(
        """select * from identity_paths where record_key_a = 'crm:1' and record_key_b = 'support:1'
        order by link_number"""
    )
    assert [link["edges"][0]["edge_id"] for link in found["path"]] == [row["edge_id"] for row in rows]
    assert [link["separating_edge_count"] for link in found["path"]] == [
        row["separating_edge_count"] for row in rows
    ]
    edges = [edge for link in found["path"] for edge in link["edges"]]
    deterministic = next(edge for edge in edges if edge["rule_name"] == "same_email_and_first_name")
    assert deterministic["evidence"] == {"identifier": "email"}
    fuzzy = next(edge for edge in edges if edge["rule_name"] == "fuzzy_score")
    weights = [level["weight"] for level in fuzzy["evidence"]["comparisons"].values()]
    assert sum(weights) + fuzzy["evidence"]["prior_weight"] == pytest.approx(fuzzy["match_weight"], abs=0.01)

    separation = found["separation"]
    assert separation["links"]
    assert separation["match_weight"] == pytest.approx(
        sum(link["edges"][0]["match_weight"] for link in separation["links"])
    )
    assert set(separation["record_keys_a"]) ^ set(separation["record_keys_b"]) == {
        "crm:1",
        "shop:1",
        "support:1",
    }

    text = words(explain("crm:1", "support:1"))
    assert "crm:1 and support:1 are one customer" in text
    assert "of 3 records" in text
    assert text.index("1. ") < text.index("2. ") < text.index("What would separate them")
    assert "first_name exact" in text
    assert "The least that holds them together" in text
    assert "would be two customers" in text


def test_a_customer_too_large_for_the_mart_is_explained(project, explain):
    project.records([record("crm", number, ANN) for number in range(1, 4)])
    project.run(vars={"max_explained_records": 2})
    assert project.query("select * from identity_paths") == []
    assert parts(explain("crm:1", "crm:3", "--json"))["path"]


def test_two_customers_and_the_edge_that_was_refused(project, explain):
    project.records(
        [
            record("crm", 1, ANN),
            record("shop", 1, ANN),
            record("crm", 2, SON),
            record("shop", 2, SON),
            record("support", 1, ANN, phone=None, date_of_birth=None),
            record("support", 2, STRANGER),
        ]
    )
    project.run()
    of = customers(project)
    assert of["crm:1"] != of["crm:2"]

    found = parts(explain("crm:1", "crm:2", "--json"))
    assert found["verdict"] == "two_customers"
    rows = project.query("select edge_id, refused_reason from identity_edges where not is_accepted")
    refused = {link["edges"][0]["edge_id"]: link["refused_reason"] for link in found["refused_edges"]}
    assert refused == {row["edge_id"]: row["refused_reason"] for row in rows}
    assert set(refused.values()) == {"conflicting_birth_dates"}
    (case,) = found["review_cases"]
    assert case["reason"] == "conflicting_birth_dates"
    text = words(explain("crm:1", "crm:2"))
    assert "crm:1 belongs to customer" in text
    assert "refused, conflicting_birth_dates: their birth dates lie a generation apart" in text
    assert "In the review queue" in text

    found = parts(explain("crm:1", "support:2", "--json"))
    assert (found["refused_edges"], found["review_cases"], found["decisions"]) == ([], [], [])
    assert "No evidence links them" in words(explain("crm:1", "support:2"))


def test_decisions_of_stewards(project, explain):
    project.records(
        [record("crm", 1, ANN), record("crm", 2, ANN), record("shop", 1, BEN), record("shop", 2, BEN)]
    )
    decide(project, ("shop:2", "crm:1", "match", "2026-01-01"), ("shop:1", "crm:2", "no_match", "2026-01-02"))
    project.run()
    of = customers(project)
    assert of["crm:1"] == of["shop:2"]
    assert of["crm:2"] != of["shop:1"]

    found = parts(explain("crm:1", "shop:2", "--json"))
    ((steward, *_),) = [link["edges"] for link in found["path"]]
    assert steward["rule_name"] == "steward_match"
    assert steward["evidence"]["decided_by"] == "kim"
    assert found["decisions"][0]["status"] == "applied"
    text = words(explain("crm:1", "shop:2"))
    assert (
        "steward_match, weight 40.00 decided_by kim decided_at 2026-01-01 00:00:00 reason called them" in text
    )

    # of two customers all decisions between them count
    apart = "crm:2" if of["crm:2"] != of["crm:1"] else "shop:1"
    found = parts(explain(apart, "crm:1", "--json"))
    assert found["verdict"] == "two_customers"
    assert {link["refused_reason"] for link in found["refused_edges"]} == {"cannot_link"}
    assert [decision["decision"] for decision in found["decisions"]] == ["no_match"]
    text = words(explain(apart, "crm:1"))
    assert "no_match, applied decided_by kim" in text


def test_a_record_that_has_gone(project, explain):
    records = [
        record("crm", 1, ANN),
        record("crm", 2, ANN),
        record("shop", 1, STRANGER),
        record("shop", 2, BEN),
    ]
    project.records(records)
    project.run()
    first = customers(project)
    # the stranger turns out to be Ann, and then his record is gone; nothing of Ben is left
    project.records([*records[:2], record("shop", 1, ANN), records[3]])
    project.run()
    project.records(records[:2])
    project.run()

    found = parts(explain("shop:1", "crm:2", "--json"))
    assert found["verdict"] == "record_gone"
    gone, present = found["records"]
    assert (gone["is_present"], present["is_present"]) == (False, True)
    assert gone["customer_id"] == gone["living_customer_id"] == first["crm:1"]
    text = words(explain("shop:1", "crm:2"))
    assert f"Its last customer was {first['crm:1']}, which still has 2 records. crm:2 belongs to" in text
    assert text.endswith("Both lead to one customer.")

    text = words(explain("crm:1", "shop:2"))
    assert (
        f"Its last customer was {first['shop:2']}, which has no records any more and leads nowhere." in text
    )
    assert parts(explain("crm:1", "shop:2", "--json"))["records"][1]["redirect"]["status"] == "erased"


def test_where_a_merged_customer_leads(project, explain):
    project.records([record("crm", 1, ANN), record("crm", 2, ANN), record("shop", 1, STRANGER)])
    project.run()
    first = customers(project)
    project.records([record("crm", 1, ANN), record("crm", 2, ANN)])
    project.run()
    # the customer was merged after its record had gone: what is shown is where it leads today
    project.execute(
        "update customer_redirects set customer_id = %s, status = 'merged' where retired_customer_id = %s",
        (first["crm:1"], first["shop:1"]),
    )
    text = words(explain("shop:1", "crm:1"))
    assert (
        f"Its last customer was {first['shop:1']}, which was merged and leads to customer {first['crm:1']}"
        in text
    )
    assert text.endswith("Both lead to one customer.")


def test_keys_that_name_no_record(project, explain):
    assert "no build yet" in error(explain("crm:1", "crm:2")) or project.target == "duckdb"
    project.records([record("crm", 1, ANN), record("crm", "x", {"country": "US"})])
    project.run()
    assert error(explain("crm:1", "crm:1")) == "idr: RECORD_A and RECORD_B are the same record; give two"
    line = error(explain("crm:1", "crm:jane@example.org"))
    assert line.startswith("idr: RECORD_B is no source record of this build")
    assert "jane" not in line
    assert "RECORD_A names no source system of this build; found: crm;" in error(explain("shop:9", "crm:1"))
    assert "RECORD_A names no source system" in error(explain("'; drop table x; --", "crm:1"))
    assert "is in quarantine (nothing_identifying)" in error(explain("crm:1", "crm:x"))
