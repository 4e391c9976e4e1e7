"""`idr train`: the same weights on every engine, files that are valid, and nothing left behind."""

import csv
import json
import shutil
from collections import Counter

import duckdb
import pytest
from typer.testing import CliRunner

from identity_resolution.cli import app
from identity_resolution.config.project import Project
from identity_resolution.generation.generate import generate
from identity_resolution.training.counts import TooLittleDataError
from identity_resolution.training.train import (
    COUNTS,
    FRAGMENTS,
    PAIRS,
    VARIABLES,
    learn_comparisons,
    learn_customers,
)
from identity_resolution.warehouse.database import open_database
from integration.test_evaluation import target_of
from support.project import GENERIC, ROOT

SEEDS = ("level_probabilities", "class_rates", "term_frequencies", "source_counts", "model_profile")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("training") / "customers"
    generate(1_500, 7, folder, "csv")
    return folder


def trained(project):
    """As the command does it, in schemas that have the seeds."""
    given = GENERIC | VARIABLES
    project.run("--select", PAIRS, vars=given)
    project.run("--select", COUNTS, "--exclude", PAIRS, *FRAGMENTS, vars=given)
    with open_database(target_of(project)) as database:
        training = learn_comparisons(database, project.schema, Project(ROOT))
    project.run("--select", *FRAGMENTS, "--exclude", PAIRS, vars=given)
    with open_database(target_of(project)) as database:
        return learn_customers(database, project.schema, training)


@pytest.fixture(scope="module")
def trainings(make_project, dataset):
    """The training of each engine, and once more with the rows in another order."""
    found = {}
    for target in ("duckdb", "postgres"):
        with make_project(target) as project:
            project.records(dataset / "records.csv")
            found[target] = trained(project)
            if target == "duckdb":
                rows = list(csv.DictReader((dataset / "records.csv").open(encoding="utf-8")))
                project.records([{k: v or None for k, v in row.items()} for row in reversed(rows)])
                found["turned"] = trained(project)
    return found


@pytest.mark.parametrize("other", ["turned", "postgres"])
@pytest.mark.parametrize("seed", SEEDS)
def test_weights_are_the_same(trainings, other, seed):
    assert trainings[other].weights.rows[seed] == trainings["duckdb"].weights.rows[seed]


def test_what_is_learnt_is_not_what_it_began_with(trainings):
    training = trainings["duckdb"]
    # 1,500 records of some 625 people
    assert 900 < training.match_pairs < 2_500
    rows = training.weights.rows["level_probabilities"]
    shipped = list(csv.reader((ROOT / "seeds/rules/level_probabilities.csv").open(encoding="utf-8")))[1:]
    changed = [row[:2] for row, old in zip(rows, shipped, strict=True) if float(row[3]) != float(old[3])]
    assert len(changed) > 60


def test_records_in_each_source_are_learnt(trainings, dataset):
    rows = trainings["duckdb"].weights.rows["source_counts"]
    people = {}
    for row in csv.DictReader((dataset / "truth.csv").open(encoding="utf-8")):
        people.setdefault(row["entity_id"], Counter())[row["source_system"]] += 1
    for source in ("crm", "shop", "support"):
        shares = [share for name, _, share in rows if name == source]
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        # certain edges leave some people in two fragments
        once = sum(held[source] == 1 for held in people.values()) / len(people)
        assert shares[1] == pytest.approx(once, abs=0.08)
        assert shares[0] > sum(held[source] == 0 for held in people.values()) / len(people)


def test_no_rare_term_is_named(trainings, dataset):
    terms = trainings["duckdb"].weights.rows["term_frequencies"]
    people = {
        f"{row['source_system']}:{row['source_record_id']}": row["entity_id"]
        for row in csv.DictReader((dataset / "truth.csv").open(encoding="utf-8"))
    }
    bearers = {}
    for row in csv.DictReader((dataset / "records.csv").open(encoding="utf-8")):
        person = people.get(f"{row['source_system']}:{row['source_record_id']}")
        bearers.setdefault(row["last_name"].lower(), set()).add(person)
    named = [term for attribute, term, _ in terms if attribute == "last_name" and term in bearers]
    assert len(named) > 10
    # certain edges may leave one person in two fragments
    assert min(len(bearers[term]) for term in named) >= 3
    assert {attribute for attribute, term, _ in terms if term == "*"} == {"first_name", "last_name", "city"}


def test_an_attribute_that_nobody_has_keeps_its_weights(project, dataset):
    rows = list(csv.DictReader((dataset / "records.csv").open(encoding="utf-8")))
    for row in rows:
        row["phone"] = row["gender"] = None
    project.records([{k: v or None for k, v in row.items()} for row in rows])
    training = trained(project)
    assert {"phone", "gender"} <= set(training.kept)
    shipped = {
        tuple(row[:2]): [float(value) for value in row[3:]]
        for row in list(csv.reader((ROOT / "seeds/rules/level_probabilities.csv").open(encoding="utf-8")))[1:]
    }
    for name, level, _, *values in training.weights.rows["level_probabilities"]:
        if name in ("phone", "gender"):
            # shipped values are rounded, and a class sums to 1 here
            assert values == pytest.approx(shipped[name, level], rel=0.01)


def test_few_records_are_refused(project):
    project.records(
        [
            {"source_system": "crm", "source_record_id": str(n), "email": f"m{n}@example.org"}
            for n in range(40)
        ]
    )
    with pytest.raises(TooLittleDataError, match="40 records are too few to learn from"):
        trained(project)


def test_decisions_of_stewards_are_labels(project, dataset):
    project.records(dataset / "records.csv")
    project.run("--select", "int_compared_pairs+0", "+int_compared_pairs", vars=GENERIC | VARIABLES)
    schema = f"{project.schema}_intermediate"
    pairs = project.query(
        f"""
        select a.record_key as record_key_a, b.record_key as record_key_b
        from {schema}.int_compared_pairs as pairs
        inner join {schema}.int_source_records as a on pairs.record_id_a = a.record_id
        inner join {schema}.int_source_records as b on pairs.record_id_b = b.record_id
        order by 1, 2
        limit 7
        """
    )
    decisions = [
        pair | {"decision": "no_match", "decided_by": "ann", "decided_at": "2026-01-01", "reason": None}
        for pair in pairs
    ]
    # the later decision about a pair counts, whichever way round it names the records
    turned = {"record_key_a": pairs[0]["record_key_b"], "record_key_b": pairs[0]["record_key_a"]}
    decisions.append(decisions[0] | turned | {"decision": "match", "decided_at": "2026-01-02"})
    project.load("raw_stewardship.decisions", decisions)
    training = trained(project)
    assert training.labelled_pairs == 7
    counts = project.query(
        f"select is_match, sum(pair_count) as pairs from {schema}.int_training_patterns group by is_match"
    )
    assert {row["is_match"]: int(row["pairs"]) for row in counts if row["is_match"] is not None} == {
        True: 1,
        False: 6,
    }


@pytest.fixture(scope="module")
def copy(tmp_path_factory, dataset):
    """A copy of the project that has one table, in a DuckDB file."""
    folder = tmp_path_factory.mktemp("project") / "copy"
    folder.mkdir()
    for name in ("dbt_project.yml", "selectors.yml", "models", "macros", "seeds", "tests", "docs"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    shutil.copy(ROOT / "profiles.example.yml", folder / "profiles.yml")
    text = (folder / "dbt_project.yml").read_text(encoding="utf-8")
    start, end = text.index("  identity_sources:\n"), text.index("  # Vars that this project does not know")
    text = f"{text[:start]}  identity_sources: [stg_generic__records]\n{text[end:]}"
    (folder / "dbt_project.yml").write_text(text, encoding="utf-8")
    with duckdb.connect(str(folder / "identity.duckdb")) as connection:
        connection.execute("create schema raw_generic")
        connection.execute(
            "create table raw_generic.records as select * from read_csv(?, all_varchar = true)",
            [str(dataset / "records.csv")],
        )
    return folder


def run(copy, *arguments):
    result = CliRunner().invoke(app, [*arguments, "--project-dir", str(copy)])
    return result.exit_code, " ".join(result.output.split())


def test_the_command_writes_valid_seeds_and_leaves_nothing(copy, dataset, monkeypatch):
    monkeypatch.setenv("IDR_DUCKDB_PATH", str(copy / "identity.duckdb"))
    folder = copy / "seeds/rules"
    shipped = {name: (folder / f"{name}.csv").read_text(encoding="utf-8") for name in SEEDS}
    code, output = run(copy, "train")
    assert code == 0, output
    assert "Learnt from" in output
    written = {name: (folder / f"{name}.csv").read_text(encoding="utf-8") for name in SEEDS}
    assert all(written[name] != shipped[name] for name in SEEDS)
    assert run(copy, "check")[0] == 0

    code, output = run(copy, "train", "--labels", str(dataset / "truth.csv"))
    assert code == 0, output
    assert "of them labelled" in output
    assert (folder / "level_probabilities.csv").read_text(encoding="utf-8") != written["level_probabilities"]
    profile = dict(csv.reader((folder / "model_profile.csv").open(encoding="utf-8")))
    assert profile["origin"] == "trained"
    assert profile["labelled_pairs"] == profile["candidate_pairs"]

    with duckdb.connect(str(copy / "identity.duckdb")) as connection:
        schemas = {
            name for (name,) in connection.execute("select schema_name from duckdb_schemas()").fetchall()
        }
    assert {name for name in schemas if name.startswith("idr_training")} == set()

    code, output = run(copy, "train", "--shipped")
    assert code == 0, output
    assert {name: (folder / f"{name}.csv").read_text(encoding="utf-8") for name in SEEDS} == shipped


@pytest.mark.parametrize(
    "text, message",
    [
        ("source_system,source_record_id\ncrm,1\n", "lacks entity_id"),
        ("source_system,source_record_id,entity_id\ncrm,1,a\ncrm,1,b\n", "names 1 records more than once"),
    ],
)
def test_wrong_labels_are_one_line(copy, tmp_path, monkeypatch, text, message):
    monkeypatch.setenv("IDR_DUCKDB_PATH", str(copy / "identity.duckdb"))
    (tmp_path / "labels.csv").write_text(text, encoding="utf-8")
    code, output = run(copy, "train", "--labels", str(tmp_path / "labels.csv"))
    assert code == 2
    assert message in output
    assert output.count("idr:") == 1


def test_evaluation_trains_or_does_not(dataset, monkeypatch, tmp_path):
    monkeypatch.setenv("IDR_DUCKDB_PATH", str(tmp_path / "x.duckdb"))
    results = {}
    for option in ("--train", "--no-train"):
        outcome = CliRunner().invoke(
            app,
            ["evaluate", str(dataset), option, "--json", "--target", "duckdb", "--project-dir", str(ROOT)],
        )
        assert outcome.exit_code == 0, outcome.output
        results[option] = json.loads(outcome.stdout)
    assert results["--train"]["seconds"]["train"] > 0
    assert results["--no-train"]["seconds"]["train"] == 0
    assert results["--train"]["pairwise"] != results["--no-train"]["pairwise"]
