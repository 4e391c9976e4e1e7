"""Which cluster keeps which customer_id, over many builds, against a plain Python program of the rule.

Clusters are dealt at random: they merge, split, swap records, go and come back. Only the models of customer ids run.
"""

import random
from collections import defaultdict

import pytest

RECORDS = 160
BUILDS = 12
MODELS = (
    *(
        "int_unsettled_records",
        "int_customer_claims",
        "int_kept_customer_ids",
        "int_assignment_changes",
        "int_customer_assignments",
    ),
    *(
        "int_customer_members",
        "int_record_moves",
        "int_customer_moves",
        "int_customer_lifetimes",
        "int_redirects",
    ),
    *("customer_crosswalk", "customer_crosswalk_history"),
)


def partitions():
    """For each build the group of each record that is there; most records stay where they were."""
    dice = random.Random(17)
    group_of = {record: record // 3 for record in range(1, RECORDS + 1)}
    for build in range(BUILDS):
        change = (0.0, 0.05, 0.3, 0.02, 0.6)[build % 5]
        for record in group_of:
            if dice.random() < change:
                group_of[record] = dice.choice(
                    [group_of[dice.randint(1, RECORDS)], 1000 + dice.randrange(20)]
                )
        if build % 4 == 2:
            # whole groups are put together, as by one more edge
            groups = sorted(set(group_of.values()))
            union = dict(zip(dice.sample(groups, 10), dice.sample(groups, 10), strict=True))
            group_of = {record: union.get(group, group) for record, group in group_of.items()}
        gone = {record for record in group_of if dice.random() < 0.15}
        if build % 4 == 3:
            gone |= {record for record, group in group_of.items() if group % 5 == 0}
        yield {record: group for record, group in group_of.items() if record not in gone}


class Rule:
    """The rule: claims from the largest to the smallest, and what becomes of ids that end."""

    def __init__(self):
        self.last = {}
        self.is_there = set()
        self.first_known = {}
        self.ended = {}
        self.known = set()

    def check(self, build, cluster_of, found):
        """Assert that the customers found for a build are those of the rule, and take them over."""
        claims = defaultdict(list)
        for record, cluster in cluster_of.items():
            customer = self.last.get(record)
            # a record that is back claims its id, unless that went on to others meanwhile
            if customer and (record in self.is_there or self.ended.get(customer) is None):
                claims[customer, cluster].append(record)
        ranked = sorted(claims.items(), key=lambda claim: self._rank(claim[1]))
        kept, served = {}, set()
        for (customer, cluster), _ in ranked:
            if cluster not in kept and customer not in served:
                kept[cluster] = customer
                served.add(customer)
        customer_of = {cluster: found[record] for record, cluster in cluster_of.items()}
        assert set(found) == set(cluster_of)
        assert len(set(customer_of.values())) == len(set(cluster_of.values())), "one customer per cluster"
        for record, cluster in cluster_of.items():
            assert found[record] == customer_of[cluster], "one cluster per customer"
        new = {customer for cluster, customer in customer_of.items() if cluster not in kept}
        assert {cluster: customer_of[cluster] for cluster in kept} == kept
        assert not new & self.known, "an id is given twice"
        self._take_over(build, cluster_of, found, new)

    def _rank(self, records):
        is_open = sum(record in self.is_there for record in records)
        return -is_open, -len(records), min(self.first_known[record] for record in records), min(records)

    def _take_over(self, build, cluster_of, found, new):
        living = set(found.values())
        before = {self.last[record] for record in self.is_there}
        # an id that ended as its records had gone leads to where the first of them comes back
        lost = {customer for customer, successor in self.ended.items() if successor is None}
        for customer in (before | lost) - living:
            went_to = defaultdict(list)
            for record in found:
                if self.last.get(record) == customer:
                    went_to[found[record]].append(record)
            self.ended[customer] = min(
                went_to, key=lambda c: (-len(went_to[c]), min(went_to[c])), default=None
            )
        for customer in living:
            self.ended.pop(customer, None)
        self.known |= new
        self.is_there = set(cluster_of)
        for record in cluster_of:
            self.first_known.setdefault(record, build)
        self.last |= found

    def redirects(self):
        """Where each id that has ended leads to."""
        found = {}
        for customer in self.ended:
            current = customer
            while current in self.ended:
                current = self.ended[current]
            found[customer] = current
        return found


def deliver(project, cluster_of):
    """Load the clusters; a cluster is named by its smallest record."""
    schema = f"{project.schema}_intermediate"
    smallest = {}
    for record, cluster in cluster_of.items():
        smallest[cluster] = min(record, smallest.get(cluster, record))
    rows = [
        {"record_id": str(record), "cluster_id": str(smallest[cluster])}
        for record, cluster in cluster_of.items()
    ]
    random.Random(len(rows)).shuffle(rows)
    project.load("raw_clusters.members", rows, ("record_id", "cluster_id"))
    project.execute(f"create schema if not exists {schema}")
    for name, columns in (
        ("int_clusters", "cast(cluster_id as bigint) as cluster_id"),
        ("int_source_records", "'crm:' || record_id as record_key"),
    ):
        project.execute(f"drop table if exists {schema}.{name} cascade")
        project.execute(
            f"create table {schema}.{name} as select cast(record_id as bigint) as record_id, {columns} from raw_clusters.members"
        )
    return {record: smallest[cluster] for record, cluster in cluster_of.items()}


@pytest.fixture(scope="module")
def lives(target, make_project):
    """After each build the customer of each record, and at the end all that is known of ids."""
    with make_project(target) as project:
        builds = []
        for group_of in partitions():
            cluster_of = deliver(project, group_of)
            project.run("--select", *MODELS, vars={"max_id_churn": 1})
            rows = project.query("select source_record_id, customer_id from customer_crosswalk")
            builds.append((cluster_of, {int(row["source_record_id"]): row["customer_id"] for row in rows}))
        redirects = project.query(f"select * from {project.schema}_intermediate.int_redirects")
        history = project.query("select * from customer_crosswalk_history")
    return builds, redirects, history


def test_ids_are_kept_by_the_rule(lives):
    rule = Rule()
    for build, (cluster_of, found) in enumerate(lives[0]):
        rule.check(build, cluster_of, found)
    redirects = {row["customer_id"]: row["current_customer_id"] for row in lives[1]}
    assert redirects == rule.redirects()
    assert sum(current is None for current in redirects.values()) > 3
    assert len(set(filter(None, redirects.values()))) > 3


def test_the_history_has_every_build(lives):
    builds, _, history = lives
    times = sorted({row[side] for row in history for side in ("valid_from", "valid_to")} - {None})
    assert len(times) == len(builds), "some build has changed nothing"
    for time, (_, found) in zip(times, builds, strict=True):
        at = {
            int(row["source_record_id"]): row["customer_id"]
            for row in history
            if row["valid_from"] <= time and (row["valid_to"] is None or row["valid_to"] > time)
        }
        assert at == found
