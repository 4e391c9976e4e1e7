"""What evaluation tells beyond the score: calibration, the page, the worst mistakes, and the blocking rules."""

import json
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from identity_resolution.blocking import read_blocking
from identity_resolution.cli import app
from identity_resolution.evaluation.calibration import calibrate
from identity_resolution.evaluation.page import write_page
from identity_resolution.generation.generate import generate
from identity_resolution.warehouse.database import open_database
from integration.test_evaluation import target_of
from support.project import GENERIC, ROOT


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports") / "a & b"
    generate(800, 3, folder, "csv")
    return folder


def run(*arguments):
    outcome = CliRunner().invoke(
        app, [*map(str, arguments), "--target", "duckdb", "--project-dir", str(ROOT)]
    )
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_bands_and_errors_are_those_counted_by_hand():
    counts = [(0.05, 80, 8), (0.55, 10, 4), (0.75, 8, 8), (0.95, 100, 90), (1.0, 2, 2)]
    answers = iter([counts, [(150,)]])
    database = SimpleNamespace(execute=lambda _: next(answers))
    found = calibrate(SimpleNamespace(database=database, schema="main"))
    assert found.candidate_pairs == 200
    # |0.05 - 0.1| x 80, |0.55 - 0.4| x 10, |0.75 - 1| x 8, and 0.9 to 1: (95 + 2) / 102 against 92 / 102
    expected = 0.05 * 80 + 0.15 * 10 + 0.25 * 8 + 5
    assert found.expected_calibration_error == pytest.approx(expected / 200, abs=1e-5)
    assert found.merge_calibration_error == pytest.approx((0.15 * 10 + 0.25 * 8 + 5) / 120, abs=1e-5)
    assert [(band.low, band.high, band.pairs) for band in found.bands] == [
        (0.01, 0.1, 80),
        (0.5, 0.7, 10),
        (0.7, 0.9, 8),
        (0.95, 0.99, 100),
        (0.999, 1.0, 2),
    ]
    merged = next(point for point in found.curve if point.threshold == 0.9)
    assert (merged.precision, merged.recall) == pytest.approx((92 / 102, 92 / 150), abs=1e-5)


def test_the_page_needs_nothing_else(dataset, tmp_path):
    run("evaluate", dataset, "--no-train", "--html", tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.count("<svg") == 3
    assert "a &amp; b" in text
    for outside in ("<script", "<link", "src=", "url(http"):
        assert outside not in text


def test_a_page_that_cannot_be_written_is_one_line(tmp_path):
    score = {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    point = {"threshold": 0.9, "precision": 1.0, "recall": 1.0}
    result = {
        "dataset": "x", "records": 1, "people": 1, "clusters": 1, "review_pairs": 0, "candidate_pairs": 0,
        "pairwise": score, "b_cubed": score, "exact_clusters": score,
        "calibration": {"bands": [], "curve": [point], "expected_calibration_error": 0, "merge_calibration_error": 0},
        "cluster_sizes": {"customers": {1: 1}, "people": {1: 1}},
        "seconds": {"load": 0, "train": 0, "build": 0},
    }  # fmt: skip
    with pytest.raises(Exception, match="cannot be written: No such file or directory"):
        write_page(result, tmp_path / "no such folder" / "page.html")


def test_the_worst_mistakes_are_mistakes(dataset):
    found = json.loads(run("errors", dataset, "--no-train", "--limit", 5, "--json"))
    truth = {}
    for line in (dataset / "truth.csv").read_text(encoding="utf-8").splitlines()[1:]:
        source, record, entity = line.split(",")
        truth[f"{source}:{record}"] = entity
    assert found["misses"], "no miss to look at"
    for kind, is_one in (("false_merges", False), ("misses", True)):
        for pair in found[kind]:
            one, other = pair["record_keys"]
            assert (truth[one] == truth[other]) is is_one
            assert "values" not in pair
            assert {"comparison", "level", "weight"} == set(pair["comparisons"][0])
    missed = found["missed_pairs"]
    assert missed["all"] == missed["not_compared"] + missed["below_threshold"] + missed["cut"]


def test_values_are_shown_when_asked_for(dataset):
    assert "first_name" in run("errors", dataset, "--no-train", "--limit", 1, "--values")


def test_blocking_rules_account_for_every_candidate_pair(project, dataset):
    project.records(dataset / "records.csv")
    project.run("--select", "+int_scored_pairs", vars=GENERIC)
    with open_database(target_of(project)) as database:
        report = read_blocking(database, f"{project.schema}_intermediate", 0.9)
    used = [rule for rule in report["rules"] if rule["is_used"]]
    assert sum(rule["new_pairs"] for rule in used) == report["candidate_pairs"] > 0
    assert sum(rule["new_merges"] for rule in used) == report["merged_pairs"] > 0
    # on few records the estimate made beforehand is a count
    estimates = project.query(
        f"select rule_name, new_pair_count from {project.schema}_intermediate.int_blocking_rules where is_used"
    )
    assert {row["rule_name"]: row["new_pair_count"] for row in estimates} == {
        rule["rule"]: rule["new_pairs"] for rule in used
    }


def test_too_many_pairs_stop_the_build_before_they_are_made(project, dataset):
    project.records(dataset / "records.csv")
    result = project.dbt(
        "run", "--select", "+int_candidate_pairs", vars=GENERIC | {"max_candidate_pairs": 10}
    )
    assert not result
    assert "more than max_candidate_pairs (10)" in str(result.failures or result.error)
    tables = "select count(*) as n from information_schema.tables where table_name = 'int_candidate_pairs'"
    assert project.query(tables)[0]["n"] == 0


def test_rules_beyond_the_budget_are_not_used(project, dataset):
    project.records(dataset / "records.csv")
    budget = {"candidate_pairs_per_record": 1, "candidate_pairs_minimum": 0}
    project.run("--select", "+int_candidate_pairs", "+skipped_blocks", vars=GENERIC | budget)
    schema = f"{project.schema}_intermediate"
    pairs = project.query(f"select count(*) as n from {schema}.int_candidate_pairs")[0]["n"]
    records = project.query(f"select count(*) as n from {schema}.int_record_features")[0]["n"]
    assert 0 < pairs <= records
    unused = project.query(f"select rule_name from {schema}.int_blocking_rules where not is_used")
    listed = project.query(
        f"select rule_name from {project.schema}.skipped_blocks where reason = 'above_pair_budget'"
    )
    assert {row["rule_name"] for row in listed} <= {row["rule_name"] for row in unused}
    assert listed
