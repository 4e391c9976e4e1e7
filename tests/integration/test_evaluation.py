"""`idr evaluate`: its measures against counting by hand, its output, its errors, and that it leaves nothing behind."""

import json
import os
import random
import shutil
from itertools import combinations

import psycopg2
import pyarrow.csv
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from identity_resolution.cli import app
from identity_resolution.evaluation.metrics import measure
from identity_resolution.warehouse.database import open_database
from identity_resolution.warehouse.profile import Target
from support.project import DATABASE, ROOT

KEYS = (
    "dataset",
    "records",
    "people",
    "clusters",
    "pairwise",
    "b_cubed",
    "exact_clusters",
    "review_pairs",
    "candidate_pairs",
    "calibration",
    "cluster_sizes",
    "seconds",
    "peak_memory_mb",
)
RECORDS = """\
source_system,source_record_id,first_name,last_name,email,phone,note
crm,1,Jane,Smithers,jane.smithers@gmail.com,+1 415 555 2671,x
shop,1,Jane,Smithers,janesmithers+shop@gmail.com,,
crm,2,Wilhelm,Brandauer,w.brandauer@acme.example,+1 212 555 0123,
shop,2,Wilhelm,Brandauer,w.brandauer@acme.example,,
crm,3,Ottilie,Quandt,ottilie@quandt.example,,
crm,,No,Id,,,
"""
TRUTH = """\
source_system,source_record_id,entity_id
crm,1,jane
shop,1,jane
crm,2,wilhelm
shop,2,wilhelm
crm,3,ottilie
"""


def target_of(project):
    """The scratch project's database as the tools see it."""
    if project.target == "duckdb":
        settings = {"type": "duckdb", "path": str(project.file), "schema": "main"}
    else:
        settings = {
            "type": "postgres",
            "host": os.environ["PGHOST"],
            "port": int(os.environ.get("PGPORT", "5432")),
            "user": os.environ.get("PGUSER", "postgres"),
            "password": os.environ.get("PGPASSWORD", ""),
            "dbname": DATABASE,
            "schema": "public",
        }
    return Target(project.target, ROOT, settings, settings)


def by_hand(truth, found):
    """Pairwise, B-cubed and exact precision, recall and F1 by looking at every pair, record and group."""
    records = sorted(truth)
    together = [(truth[a] == truth[b], found[a] == found[b]) for a, b in combinations(records, 2)]
    both = sum(t and f for t, f in together)
    precision = both / sum(f for _, f in together) if any(f for _, f in together) else 1.0
    recall = both / sum(t for t, _ in together) if any(t for t, _ in together) else 1.0
    precisions, recalls = [], []
    for record in records:
        mates = {other for other in records if found[other] == found[record]}
        people = {other for other in records if truth[other] == truth[record]}
        precisions.append(len(mates & people) / len(mates))
        recalls.append(len(mates & people) / len(people))
    customers, people = (
        {frozenset(other for other in records if of[other] == of[record]) for record in records}
        for of in (found, truth)
    )
    exact = len(customers & people)
    return [
        (p, r, 2 * p * r / (p + r) if p + r else 0.0)
        for p, r in (
            (precision, recall),
            (sum(precisions) / len(records), sum(recalls) / len(records)),
            (exact / len(customers), exact / len(people)),
        )
    ]


def test_measures_are_those_counted_by_hand(project):
    generator = random.Random(9)
    for _ in range(25):
        size, spread = generator.randint(1, 40), generator.randint(1, 20)
        truth = {str(n): f"e{generator.randrange(spread)}" for n in range(size)}
        found = {str(n): f"c{generator.randrange(spread)}" for n in range(size)}
        lost = {str(n) for n in range(size) if generator.random() < 0.1}
        project.load(
            "raw_truth.entities",
            [{"source_system": "crm", "source_record_id": n, "entity_id": e} for n, e in truth.items()],
        )
        # a record without a truth does not count
        crosswalk = [
            {"source_system": "crm", "source_record_id": n, "customer_id": c}
            for n, c in found.items()
            if n not in lost
        ]
        crosswalk.append({"source_system": "crm", "source_record_id": "unknown", "customer_id": "c0"})
        project.load("raw_truth.crosswalk", crosswalk)
        with open_database(target_of(project)) as database:
            metrics = measure(database, "raw_truth.entities", "raw_truth.crosswalk")
        # a lost record is a customer of its own
        whole = {n: f"lost {n}" if n in lost else c for n, c in found.items()}
        expected = by_hand(truth, whole)
        scores = (metrics.pairwise, metrics.b_cubed, metrics.exact_clusters)
        for score, (precision, recall, f1) in zip(scores, expected, strict=True):
            assert (score.precision, score.recall, score.f1) == pytest.approx(
                (precision, recall, f1), abs=2e-6
            )
        assert (metrics.records, metrics.people) == (size, len(set(truth.values())))
        assert metrics.clusters == len(set(whole.values()))


@pytest.fixture
def dataset(tmp_path):
    """A folder that is a data set."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "records.csv").write_text(RECORDS, encoding="utf-8")
    (folder / "truth.csv").write_text(TRUTH, encoding="utf-8")
    return folder


def evaluate(*arguments):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments), "--project-dir", str(ROOT)])


def scratch_databases():
    connection = psycopg2.connect(dbname="postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute("select datname from pg_database where datname like 'idr_evaluation%'")
            return cursor.fetchall()
    finally:
        connection.close()


@pytest.fixture
def profile(monkeypatch, target, request):
    """The engine of the test is there; profiles.yml or the example names it."""
    if target == "postgres":
        request.getfixturevalue("postgres_server")
        monkeypatch.setenv("PGDATABASE", "postgres")
    return target


def test_json_has_the_keys_that_others_rely_on(dataset, profile):
    result = evaluate(dataset, "--target", profile, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert tuple(found) == KEYS
    assert tuple(found["pairwise"]) == tuple(found["b_cubed"]) == ("precision", "recall", "f1")
    assert tuple(found["seconds"]) == ("load", "train", "build")
    assert (found["dataset"], found["records"], found["people"], found["clusters"]) == ("tiny", 6, 3, 3)
    assert found["pairwise"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["exact_clusters"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert sum(band["pairs"] for band in found["calibration"]["bands"]) == found["candidate_pairs"] == 2
    assert found["cluster_sizes"] == {"customers": {"1": 1, "2": 2}, "people": {"1": 1, "2": 2}}
    assert found["peak_memory_mb"] > 50
    assert "left out: note" in result.stderr
    if profile == "postgres":
        assert scratch_databases() == []


def test_table_of_a_parquet_folder(dataset, tmp_path):
    folder = tmp_path / "columns"
    folder.mkdir()
    for name in ("records", "truth"):
        pyarrow.parquet.write_table(pyarrow.csv.read_csv(dataset / f"{name}.csv"), folder / f"{name}.parquet")
    result = evaluate(folder, "--target", "duckdb")
    assert result.exit_code == 0, result.stderr
    line = next(line for line in result.stdout.splitlines() if line.startswith("pairs of records"))
    assert line.split()[-3:] == ["1.0000"] * 3
    assert max(map(len, result.stdout.splitlines())) <= 80


def broken(dataset, what):
    """The data set with one fault."""
    records, truth = dataset / "records.csv", dataset / "truth.csv"
    if what == "no folder":
        shutil.rmtree(dataset)
    elif what == "no truth":
        truth.unlink()
    elif what == "no entity_id":
        truth.write_text("source_system,source_record_id\ncrm,1\n")
    elif what == "no source_record_id":
        records.write_text("source_system,email\ncrm,a@b.example\n")
    elif what == "repeated truth":
        truth.write_text(TRUTH + "crm,1,somebody\n")
    elif what == "incomplete truth":
        truth.write_text(TRUTH + "crm,9,\n")
    elif what == "no rows":
        records.write_text("source_system,source_record_id\n")
    elif what == "empty file":
        records.write_text("")
    elif what == "not UTF-8":
        records.write_bytes("source_system,source_record_id,last_name\ncrm,1,M\xfcller\n".encode("latin-1"))
    return dataset


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("no folder", "no such folder"),
        ("no truth", "is no data set: it has no truth.csv or truth.parquet"),
        ("no entity_id", "truth.csv lacks entity_id"),
        ("no source_record_id", "records.csv lacks source_record_id"),
        ("repeated truth", "truth.csv names 1 records more than once"),
        ("incomplete truth", "truth.csv has 1 rows with an empty field"),
        ("no rows", "records.csv has no rows"),
        ("empty file", "records.csv has no header line"),
        ("not UTF-8", "records.csv"),
    ],
)
def test_a_folder_that_is_no_data_set_is_one_line(dataset, what, message):
    result = evaluate(broken(dataset, what), "--target", "duckdb")
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("idr: ")
    assert message in lines[0]
    assert "Müller" not in result.stderr


def test_an_unknown_target_is_one_line(dataset):
    result = evaluate(dataset, "--target", "oracle")
    assert result.exit_code == 2
    assert "no target oracle; there are: duckdb, postgres" in result.stderr
