"""The comparisons, level by level: each case of comparison_cases.csv has the features of two records and the level they get.

A level is named by its description in seeds/rules/level_probabilities.csv. Every case is tried both ways round: which of
two records comes first means nothing.
"""

import csv
import json
import re
from pathlib import Path

import pytest

from support.project import ROOT

CASES = Path(__file__).with_name("comparison_cases.csv")
NO_EVIDENCE = "no evidence"


def read_cases():
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def comparisons():
    """(comparison, number of levels) in the order of their digits."""
    text = (ROOT / "macros/matching/comparisons.sql").read_text(encoding="utf-8")
    return [(name, int(levels)) for name, levels in re.findall(r"'name': '(\w+)', 'levels': (\d+)", text)]


def level_of(pattern, comparison):
    for name, levels in comparisons():
        if name == comparison:
            return pattern % levels
        pattern //= levels
    raise AssertionError(comparison)


def descriptions():
    """comparison, level → description."""
    with (ROOT / "seeds/rules/level_probabilities.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["comparison"], int(row["level"])): row["description"] for row in csv.DictReader(file)}
    return found | {(name, 0): NO_EVIDENCE for name, _ in comparisons()}


@pytest.fixture(scope="module")
def patterns(target, make_project):
    """The pattern of each case, by its number and whether its records are turned round."""
    cases = read_cases()
    with make_project(target) as project:
        project.records([])
        project.run("--select", "+int_record_features", "int_nickname_pairs")
        schema = f"{project.schema}_intermediate"
        types = project.column_types(schema, "int_record_features")
        # the flags that every record has
        flags = {"is_first_name_imputed": False, "is_last_name_imputed": False, "is_role_mailbox": False}
        flags["is_email_made_of_name"] = False
        pairs = []
        for number, case in enumerate(cases):
            for turn, sides in enumerate(((case["one"], case["other"]), (case["other"], case["one"]))):
                first = 10 * number + 4 * turn + 1
                pairs.append((first, first + 1))
                for record_id, side in zip((first, first + 1), sides, strict=True):
                    values = flags | json.loads(side) | {"record_id": record_id}
                    casts = ", ".join(f"cast(%s as {types[name]})" for name in values)
                    project.execute(
                        f"insert into {schema}.int_record_features ({', '.join(values)}) select {casts}",
                        tuple(None if value is None else str(value) for value in values.values()),
                    )
        project.execute(f"create table {schema}.int_candidate_pairs (record_id_a bigint, record_id_b bigint)")
        listed = ", ".join(f"({one}, {other})" for one, other in pairs)
        project.execute(f"insert into {schema}.int_candidate_pairs values {listed}")
        project.execute(f"create table {schema}.int_block_versions (record_id bigint, row_version bigint)")
        project.run("--select", "int_compared_pairs")
        rows = project.query(f"select record_id_a, pattern from {schema}.int_compared_pairs")
    return {divmod(row["record_id_a"], 10): row["pattern"] for row in rows}


@pytest.mark.parametrize("turn", [1, 5], ids=["", "turned"])
@pytest.mark.parametrize(
    "number", range(len(read_cases())), ids=lambda n: "{comparison}-{case}".format(**read_cases()[n])
)
def test_level(patterns, number, turn):
    case = read_cases()[number]
    level = level_of(patterns[number, turn], case["comparison"])
    assert descriptions()[case["comparison"], level] == case["expected"]


def test_every_level_has_a_case():
    shown = {(case["comparison"], case["expected"]) for case in read_cases()}
    levels = {(name, text) for (name, level), text in descriptions().items() if level}
    assert sorted(levels - shown) == []
