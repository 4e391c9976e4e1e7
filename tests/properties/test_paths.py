"""The strongest paths of the models, and of `idr explain`, against networkx and against trying everything out."""

import json
import random
from itertools import combinations, pairwise

import networkx as nx
import pytest

from identity_resolution.explanation.graph import CustomerGraph, Edge

CUSTOMERS = 90
MOST_RECORDS = 30
MODELS = (
    "int_path_versions",
    *("int_linked_pairs", "int_strongest_links", "int_link_distances", "int_link_sides", "int_link_cuts"),
    "identity_paths",
)
RULES = ("fuzzy_score", "same_email_and_first_name", "steward_match")


def named_customers():
    """Number of records and weighed pairs of customers that are hard in some way."""
    chain = [(n, n + 1) for n in range(MOST_RECORDS - 1)]
    yield "chain that is strongest in the middle", MOST_RECORDS, {p: 20 - abs(p[0] - 14) for p in chain}
    yield "chain of equal links", MOST_RECORDS, dict.fromkeys(chain, 5)
    # one union a round
    yield "chain of ever stronger links", MOST_RECORDS, {pair: 4 + pair[0] for pair in chain}
    yield "star", MOST_RECORDS, {(0, n): 12 for n in range(1, MOST_RECORDS)}
    yield "ring", 9, {**{(n, n + 1): 6 for n in range(8)}, (0, 8): 6}
    yield "all pairs", 10, dict.fromkeys(combinations(range(10), 2), 7)
    yield "two records", 2, {(0, 1): 4}
    yield "weights below zero", 4, {(0, 1): -2, (1, 2): -1, (2, 3): -2, (0, 3): -3}
    generator = random.Random(11)
    weights = (lambda: round(generator.uniform(3.17, 30), 2), lambda: generator.choice([5, 12]), lambda: 40)
    for number in range(CUSTOMERS):
        size = generator.randint(2, 12)
        # a tree, so that it hangs together, and more
        pairs = {(generator.randrange(n), n) for n in range(1, size)}
        pairs |= {
            pair for pair in combinations(range(size), 2) if generator.random() < number / CUSTOMERS / 2
        }
        yield f"random customer {number}", size, {pair: weights[number % 3]() for pair in sorted(pairs)}


class Customer:
    """Records with ids and keys dealt at random, and edges of several rules."""

    def __init__(self, name, record_ids, weights, generator):
        self.name = name
        self.record_ids = {
            f"{generator.choice(['crm', 'Shop'])}:{record_id}": record_id for record_id in record_ids
        }
        keys = list(self.record_ids)
        self.edges = []
        for (one, other), weight in weights.items():
            pair = sorted((keys[one], keys[other]), key=self.record_ids.get)
            rules = generator.sample(RULES, generator.randint(1, 3))
            for place, rule in enumerate(rules):
                # the first is the strongest, or as strong as the second
                lower = weight - max(0, place - generator.randrange(2))
                evidence = json.dumps({"identifier": f"{pair[0]} {pair[1]} {rule}"})
                self.edges.append(Edge("", *pair, "deterministic", rule, float(lower), None, evidence, None))

    @property
    def strongest(self):
        """The strongest edge of each pair: the rule and the weight."""
        found = {}
        for edge in self.edges:
            rank = (-edge.match_weight, edge.rule_name)
            found[edge.pair] = min(found.get(edge.pair, rank), rank)
        return {pair: (rule, -weight) for pair, (weight, rule) in found.items()}


@pytest.fixture(scope="module")
def customers():
    """The customers; the last has one record more than is explained."""
    generator = random.Random(4)
    named = [
        *named_customers(),
        ("too many", MOST_RECORDS + 1, {(0, n): 9 for n in range(1, MOST_RECORDS + 1)}),
    ]
    numbers = list(range(1, 1 + sum(size for _, size, _ in named)))
    generator.shuffle(numbers)
    made = []
    for name, size, weights in named:
        made.append(Customer(name, [numbers.pop() for _ in range(size)], weights, generator))
    return made


@pytest.fixture(scope="module")
def paths(target, make_project, customers):
    """The rows of identity_paths by pair of records, in their order."""
    members = [
        {"record_key": key, "record_id": str(record_id), "cluster_id": str(min(customer.record_ids.values()))}
        for customer in customers
        for key, record_id in customer.record_ids.items()
    ]
    edges = [
        {
            "a": str(customer.record_ids[edge.record_key_a]),
            "b": str(customer.record_ids[edge.record_key_b]),
            "rule": edge.rule_name,
            "weight": str(edge.match_weight),
            "evidence": edge.evidence,
            "accepted": "true",
        }
        for customer in customers
        for edge in customer.edges
    ]
    # refused, between two customers
    for one, other in pairwise(customers):
        a, b = sorted((min(one.record_ids.values()), min(other.record_ids.values())))
        edges.append(
            {
                "a": str(a),
                "b": str(b),
                "rule": "fuzzy_score",
                "weight": "50",
                "evidence": "{}",
                "accepted": "false",
            }
        )
    random.Random(1).shuffle(edges)
    with make_project(target) as project:
        project.load("raw_paths.members", members)
        project.load("raw_paths.edges", edges)
        schema = f"{project.schema}_intermediate"
        project.execute(f"create schema if not exists {schema}")
        for name, query in (
            (
                "int_clusters",
                "select cast(record_id as bigint) as record_id, cast(cluster_id as bigint) as cluster_id from raw_paths.members",
            ),
            (
                "int_customer_members",
                """select cast(record_id as bigint) as record_id, record_key, 'customer ' || cluster_id as customer_id
                from raw_paths.members""",
            ),
            (
                "int_identity_edges",
                """select cast(a as bigint) as record_id_a, cast(b as bigint) as record_id_b, rule as rule_name,
                cast(weight as numeric(18, 6)) as match_weight, cast(1 as bigint) as row_version, accepted = 'true' as is_accepted from raw_paths.edges""",
            ),
            (
                "int_described_edges",
                """select cast(a as bigint) as record_id_a, cast(b as bigint) as record_id_b, rule as rule_name, evidence,
                a || ' ' || b || ' ' || rule as edge_id from raw_paths.edges""",
            ),
        ):
            project.execute(f"create table {schema}.{name} as {query}")
        project.run("--select", *MODELS, vars={"max_explained_records": MOST_RECORDS})
        found = {}
        for row in project.query(
            "select * from identity_paths order by record_key_a, record_key_b, link_number"
        ):
            found.setdefault((row["record_key_a"], row["record_key_b"]), []).append(row)
    return found


def bottleneck(weights, one, other):
    """The highest weight at which the pairs of this weight or more still join two records."""
    for weight in sorted(set(weights.values()), reverse=True):
        graph = nx.Graph(pair for pair, found in weights.items() if found >= weight)
        if one in graph and other in graph and nx.has_path(graph, one, other):
            return weight
    raise AssertionError("not connected")


def test_every_pair_of_every_customer_that_is_not_too_large_has_its_path(customers, paths):
    expected = {
        tuple(sorted(pair, key=str.encode))
        for customer in customers[:-1]
        for pair in combinations(customer.record_ids, 2)
    }
    assert paths.keys() == expected
    for customer in customers[:-1]:
        customer_id = f"customer {min(customer.record_ids.values())}"
        one, other, *_ = sorted(customer.record_ids, key=str.encode)
        assert {row["customer_id"] for row in paths[one, other]} == {customer_id}


def test_the_weakest_link_is_as_strong_as_any_path_allows(customers, paths):
    for customer in customers[:-1]:
        weights = {pair: weight for pair, (_, weight) in customer.strongest.items()}
        for pair in combinations(sorted(customer.record_ids, key=str.encode), 2):
            rows = paths[pair]
            assert [row["link_number"] for row in rows] == list(range(1, len(rows) + 1))
            found = [float(row["match_weight"]) for row in rows]
            assert found == sorted(found)
            assert found[0] == bottleneck(weights, *pair), f"{customer.name}: {pair}"
            # the links are a path from one to the other
            graph = nx.Graph((row["link_record_key_a"], row["link_record_key_b"]) for row in rows)
            assert len(nx.shortest_path(graph, *pair)) == len(graph) == len(rows) + 1
            for row in rows:
                link = (row["link_record_key_a"], row["link_record_key_b"])
                assert (row["rule_name"], float(row["match_weight"])) == customer.strongest[link]
                assert json.loads(row["evidence"])["identifier"] == " ".join([*link, row["rule_name"]])


def test_separating_edges_are_those_across_the_link(customers, paths):
    for customer in customers[:-1]:
        keys = set(customer.record_ids)
        rows = [row for pair in combinations(sorted(keys, key=str.encode), 2) for row in paths[pair]]
        links = {
            (row["link_record_key_a"], row["link_record_key_b"]): row["separating_edge_count"] for row in rows
        }
        tree = nx.Graph(list(links))
        assert len(links) == len(keys) - 1
        for link, count in links.items():
            tree.remove_edge(*link)
            part = nx.node_connected_component(tree, link[0])
            tree.add_edge(*link)
            assert count == nx.cut_size(nx.Graph(list(customer.strongest)), part, keys - part), customer.name


def test_the_command_finds_the_paths_of_the_mart(customers, paths):
    for customer in customers[:-1]:
        graph = CustomerGraph(customer.edges, customer.record_ids)
        for pair in combinations(sorted(customer.record_ids, key=str.encode), 2):
            found = [
                (
                    link["record_key_a"],
                    link["record_key_b"],
                    link["edges"][0]["rule_name"],
                    link["separating_edge_count"],
                )
                for link in graph.strongest_path(*pair)
            ]
            expected = [
                (
                    row["link_record_key_a"],
                    row["link_record_key_b"],
                    row["rule_name"],
                    row["separating_edge_count"],
                )
                for row in paths[pair]
            ]
            assert found == expected, f"{customer.name}: {pair}"


def test_no_separation_weighs_less(customers):
    small = [
        customer
        for customer in customers
        if len(customer.record_ids) <= 8 and customer.name.startswith("random")
    ]
    assert len(small) > 20
    for customer in small:
        weights = {pair: weight for pair, (_, weight) in customer.strongest.items()}
        one, other, *rest = sorted(customer.record_ids)
        separation = CustomerGraph(customer.edges, customer.record_ids).separation(one, other)
        lightest = min(
            sum(weight for (a, b), weight in weights.items() if (a in part) != (b in part))
            for size in range(len(rest) + 1)
            for company in combinations(rest, size)
            if (part := {one, *company})
        )
        assert separation["match_weight"] == pytest.approx(lightest)
        parts = set(separation["record_keys_a"]), set(separation["record_keys_b"])
        assert parts[0] | parts[1] == set(customer.record_ids)
        assert sum(one in part for part in parts) == sum(other in part for part in parts) == 1
        assert {(link["record_key_a"], link["record_key_b"]) for link in separation["links"]} == {
            pair for pair in weights if (pair[0] in parts[0]) != (pair[1] in parts[0])
        }
