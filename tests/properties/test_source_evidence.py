"""What the sources of two fragments weigh, against the formula taken over all sources, on random fragments."""

import csv
import math
import random
from collections import Counter, defaultdict

import pytest

from support.project import ROOT

CERTAIN = 5
MOST = 6
RECORDS = 400
# a source that hardly ever has a second record of a customer
CRM = [0.3, 0.69, 0.006, 0.001, 0.001, 0.001, 0.001]


def usual_shares():
    with (ROOT / "seeds/rules/source_counts.csv").open(encoding="utf-8", newline="") as file:
        rows = {
            int(row["record_count"]): float(row["share"])
            for row in csv.DictReader(file)
            if row["source_system"] == "*"
        }
    return [rows[number] for number in range(MOST + 1)]


def bayes_factor(shares, one, other):
    mean = sum(number * share for number, share in enumerate(shares))
    one, other, both = (min(number, MOST) for number in (one, other, one + other))
    return math.log2(shares[both] / shares[one] / shares[other] / (1 + mean))


def laid_out(generator, sources):
    """source and fragment of each record, and the weight of each pair of records."""
    records = {
        number: (generator.choice(sources), generator.randint(1, RECORDS // 3))
        for number in range(1, RECORDS + 1)
    }
    pairs = {
        tuple(sorted(generator.sample(sorted(records), 2))): round(generator.uniform(-8, 8), 6)
        for _ in range(3_000)
    }
    return records, pairs


@pytest.mark.parametrize("sources", [["crm", "shop", "help"], ["crm"]], ids=len)
def test_evidence_is_that_of_all_sources(project, sources):
    generator = random.Random(5)
    records, pairs = laid_out(generator, sources)
    built, rules = f"{project.schema}_intermediate", f"{project.schema}_rules"
    weights = sorted(set(pairs.values()))
    project.load(
        "laid_out.records",
        [
            {"record_id": str(number), "source_system": source, "fragment_id": str(fragment)}
            for number, (source, fragment) in records.items()
        ],
    )
    project.load(
        "laid_out.pairs",
        [
            {"a": str(one), "b": str(other), "pattern": str(weights.index(weight)), "weight": str(weight)}
            for (one, other), weight in pairs.items()
        ],
    )
    project.execute(f"create schema if not exists {built}")
    for table, query in {
        "int_source_records": "select cast(record_id as bigint) as record_id, source_system from laid_out.records",
        "int_fragments": "select cast(record_id as bigint) as record_id, source_system, "
        "cast(fragment_id as bigint) as fragment_id from laid_out.records",
        "int_compared_pairs": "select cast(a as bigint) as record_id_a, cast(b as bigint) as record_id_b, "
        "cast(pattern as bigint) as pattern from laid_out.pairs",
        "int_scored_patterns": "select distinct cast(pattern as bigint) as pattern, "
        "cast(weight as numeric(18, 6)) as match_weight from laid_out.pairs",
    }.items():
        project.execute(f"create table {built}.{table} as {query}")
    for number, share in enumerate(CRM):
        project.execute(f"insert into {rules}.source_counts values ('crm', {number}, {share})")
    project.execute(f"create table {built}.int_block_versions (record_id bigint, row_version bigint)")
    project.run(
        "--select", "int_fragment_sources", "int_fragment_versions", "int_source_evidence", "int_scored_pairs"
    )

    shares = defaultdict(usual_shares, {"crm": CRM})
    held = defaultdict(Counter)
    for source, fragment in records.values():
        held[fragment][source] += 1
    rows = project.query(f"select * from {built}.int_scored_pairs")
    assert len(rows) == len(pairs)
    weighed = 0
    for row in rows:
        one, other = row["record_id_a"], row["record_id_b"]
        weight = pairs[one, other]
        fragments = records[one][1], records[other][1]
        if len(sources) == 1 or abs(weight) >= CERTAIN or fragments[0] == fragments[1]:
            assert row["source_weight"] is None and row["shared_sources"] is None
            assert float(row["match_weight"]) == pytest.approx(weight, abs=1e-5)
            continue
        weighed += 1
        expected = sum(
            bayes_factor(shares[source], *(held[fragment][source] for fragment in fragments))
            for source in sources
        )
        assert float(row["source_weight"]) == pytest.approx(expected, abs=1e-4)
        assert float(row["match_weight"]) == pytest.approx(weight + expected, abs=1e-4)
        assert float(row["match_probability"]) == pytest.approx(1 / (1 + 2 ** -(weight + expected)), abs=1e-4)
        shared = sorted(set(held[fragments[0]]) & set(held[fragments[1]]))
        assert row["shared_sources"] == (", ".join(shared) or "none")
    assert (weighed > 500) == (len(sources) > 1)
