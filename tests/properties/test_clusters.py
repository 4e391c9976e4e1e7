"""Constrained clustering against a plain Python program of the same rule, on random components with guards."""

import random
from collections import defaultdict
from datetime import date

import pytest

COMPONENTS = 120
# the weight of pairs that can never be one person
CONFLICT = -3.2
VARS = {
    "lowest_pair_weight": -10,
    "highest_pair_weight": 12,
    "lowest_mean_weight": -3,
    "generation_years": 15,
    "birth_date_confirmations": 2,
    "max_records_per_customer": 9,
    "max_emails_per_customer": 3,
    "duplicate_free_sources": ["crm"],
}


class Component:
    """Records with emails and birth dates, and a weight for each pair of them; edges are pairs of 3.17 and more."""

    def __init__(self, first, size, weights, generator):
        self.records = list(range(first, first + size))
        self.pairs = {
            (one, other): weights(generator)
            for place, one in enumerate(self.records)
            for other in self.records[place + 1 :]
        }
        self.emails = {
            record: generator.choice([None, *(f"m{generator.randrange(5)}@example.org" for _ in range(2))])
            for record in self.records
        }
        self.cannot_links = {pair for pair in self.pairs if generator.random() < 0.04}
        self.sources = {record: generator.choice(["crm", "shop", "shop", "help"]) for record in self.records}
        self.births = {
            record: generator.choice(
                [
                    None,
                    None,
                    date(1950, 3, 4),
                    date(1950, 3, 5),
                    date(1980, 7, 1),
                    date(1980, 3, 4),
                    date(2010, 1, 1),
                ]
            )
            for record in self.records
        }


def components():
    """Random components, some with ties everywhere."""
    generator = random.Random(5)
    kinds = (
        lambda g: round(g.uniform(-12, 14), 2),
        lambda g: g.choice([-20.0, 4.0, 30.0]),
        lambda g: 5.0,
        lambda g: g.choice([3.2, -3.2]),
    )
    made, first = [], 1
    for number in range(COMPONENTS):
        size = generator.randint(2, 14)
        made.append(Component(first, size, kinds[number % len(kinds)], generator))
        first += size
    return made


def clusters_of(component):
    """The rule in plain Python: rounds of unions that both clusters like best, while a guard allows them."""
    cluster_of = {record: record for record in component.records}
    while True:
        allowed = {
            pair: evidence
            for pair, (evidence, reason) in evidence_of(component, cluster_of).items()
            if reason is None
        }
        best = {}
        for (one, other), (mean, highest) in allowed.items():
            for cluster, partner in ((one, other), (other, one)):
                rank = (-mean, -highest, one, other)
                if cluster not in best or rank < best[cluster][0]:
                    best[cluster] = (rank, partner)
        unions = {other: one for one, (_, other) in best.items() if one < other and best[other][1] == one}
        if not unions:
            return cluster_of
        cluster_of = {record: unions.get(cluster, cluster) for record, cluster in cluster_of.items()}


def evidence_of(component, cluster_of):
    """(mean weight, highest weight) and refused reason of each pair of clusters that an edge joins."""
    across = defaultdict(list)
    for (one, other), weight in component.pairs.items():
        a, b = sorted((cluster_of[one], cluster_of[other]))
        if a != b:
            across[a, b].append(weight)
    found = {}
    for (a, b), weights in across.items():
        if max(weights) < 3.17:
            continue
        mean = round(
            sum(min(max(w, VARS["lowest_pair_weight"]), VARS["highest_pair_weight"]) for w in weights)
            / len(weights),
            6,
        )
        members = [record for record, cluster in cluster_of.items() if cluster in (a, b)]
        is_forbidden = any(
            {cluster_of[one], cluster_of[other]} == {a, b} for one, other in component.cannot_links
        )
        reason = "cannot_link" if is_forbidden else refused_reason(component, members, mean, weights)
        found[a, b] = ((mean, max(weights)), reason)
    return found


def refused_reason(component, members, mean, weights):
    if sum(component.sources[record] == "crm" for record in members) > 1:
        return "second_record_of_source"
    if CONFLICT in weights:
        return "conflicting_name_suffixes"
    births = [component.births[record] for record in members if component.births[record]]
    confirmed = [day for day in set(births) if births.count(day) >= VARS["birth_date_confirmations"]]
    # 1 January stands for an unknown day, and one day of two years for a typing error
    days = [day for day in confirmed if (day.month, day.day) != (1, 1)]
    if any(
        (later - earlier).days >= VARS["generation_years"] * 365
        and (later.month, later.day) != (earlier.month, earlier.day)
        for earlier in days
        for later in days
    ):
        return "conflicting_birth_dates"
    if len(members) > VARS["max_records_per_customer"]:
        return "too_many_records"
    if len({component.emails[record] for record in members} - {None}) > VARS["max_emails_per_customer"]:
        return "too_many_emails"
    return "evidence_against" if mean < VARS["lowest_mean_weight"] else None


def deliver(project, all_components, order):
    """Load the tables that the clustering reads, their rows in a random order."""
    generator = random.Random(order)
    schema = f"{project.schema}_intermediate"
    members = [
        {
            "record_id": r,
            "component_id": c.records[0],
            "source": c.sources[r],
            "email": c.emails[r],
            "birth": c.births[r],
        }
        for c in all_components
        for r in c.records
    ]
    pairs = [
        {"component_id": c.records[0], "a": a, "b": b, "weight": weight}
        for c in all_components
        for (a, b), weight in c.pairs.items()
    ]
    decided = [{"a": a, "b": b} for c in all_components for a, b in sorted(c.cannot_links)]
    for table, rows in (("members", members), ("pairs", pairs), ("decided", decided)):
        generator.shuffle(rows)
        project.load(
            f"raw_clusters.{table}",
            [{name: None if value is None else str(value) for name, value in row.items()} for row in rows],
        )
    project.execute(f"create schema if not exists {schema}")
    for name, query in (
        (
            "int_components",
            """select cast(record_id as bigint) as record_id, cast(component_id as bigint) as component_id
            from raw_clusters.members""",
        ),
        (
            "int_contested_components",
            "select distinct cast(component_id as bigint) as component_id, 1 as row_version from raw_clusters.members",
        ),
        (
            "int_component_pairs",
            """select cast(component_id as bigint) as component_id, cast(a as bigint) as record_id_a,
            cast(b as bigint) as record_id_b, cast(weight as numeric(18, 6)) as match_weight,
            cast(weight as numeric(18, 6)) >= 3.17 as is_edge,
            case when cast(weight as numeric(18, 6)) = -3.2 then 'conflicting_name_suffixes' end as conflict
            from raw_clusters.pairs""",
        ),
        (
            "int_cannot_links",
            "select cast(a as bigint) as record_id_a, cast(b as bigint) as record_id_b from raw_clusters.decided",
        ),
        (
            "int_record_features",
            """select cast(record_id as bigint) as record_id, source as source_system, email as email_key, cast(birth as date) as birth_date,
            nullif(substr(birth, 6), '01-01') as birth_month_day from raw_clusters.members""",
        ),
    ):
        project.execute(f"drop table if exists {schema}.{name} cascade")
        project.execute(f"create table {schema}.{name} as {query}")


@pytest.fixture(scope="module")
def clustered(target, make_project):
    """Clusters by record in two orders of rows, and the refused unions."""
    made = components()
    with make_project(target) as project:
        found = []
        for order in (1, 2):
            deliver(project, made, order)
            project.run(
                "--full-refresh", "--select", "int_contested_clusters", "int_refused_unions", vars=VARS
            )
            schema = f"{project.schema}_intermediate"
            rows = project.query(f"select record_id, cluster_id from {schema}.int_contested_clusters")
            found.append({row["record_id"]: row["cluster_id"] for row in rows})
        refused = {
            (row["cluster_id_a"], row["cluster_id_b"]): row["refused_reason"]
            for row in project.query(f"select * from {schema}.int_refused_unions")
        }
    return made, found, refused


def test_clusters_are_those_of_the_plain_program(clustered):
    made, (found, _), _ = clustered
    for number, component in enumerate(made):
        assert {record: found[record] for record in component.records} == clusters_of(component), (
            f"component {number}"
        )


def test_the_order_of_rows_does_not_matter(clustered):
    _, (found, again), _ = clustered
    assert again == found


def test_every_edge_between_two_clusters_is_refused_for_its_reason(clustered):
    made, (found, _), refused = clustered
    expected = {
        pair: reason
        for component in made
        for pair, (_, reason) in evidence_of(component, {r: found[r] for r in component.records}).items()
    }
    assert expected, "no union was refused: the guards were not tried"
    assert None not in expected.values()
    assert set(expected.values()) == {
        "cannot_link",
        "second_record_of_source",
        "conflicting_name_suffixes",
        "conflicting_birth_dates",
        "too_many_records",
        "too_many_emails",
        "evidence_against",
    }
    assert refused == expected
