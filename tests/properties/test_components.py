"""The connected components of the models against networkx, on graphs that take other algorithms apart."""

import random
from collections import Counter

import networkx as nx
import pytest

RANDOM_GRAPHS = 200


def clique(first, size):
    return [(first + one, first + other) for one in range(size) for other in range(one + 1, size)]


def named_graphs():
    """Edges of each graph, on nodes of its own from 0 on."""
    yield "chain of 10,000", [(n, n + 1) for n in range(9_999)]
    yield "ring of 1,001", [(n, (n + 1) % 1_001) for n in range(1_001)]
    yield "star of 5,000", [(0, n) for n in range(1, 5_000)]
    yield "two cliques joined by one edge", [*clique(0, 20), *clique(20, 20), (19, 20)]
    yield "two cliques apart", [*clique(0, 20), *clique(20, 20)]
    yield "hub of chains", [edge for arm in range(50) for edge in chain_from_hub(arm, 40)]
    yield "binary tree", [(n, 2 * n + side) for n in range(1, 1_000) for side in (0, 1)]
    yield "one edge", [(0, 1)]
    generator = random.Random(3)
    for number in range(RANDOM_GRAPHS):
        nodes = generator.randint(2, 60)
        edges = {
            tuple(sorted(generator.sample(range(nodes), 2)))
            for _ in range(generator.randint(1, max(1, int(nodes * generator.uniform(0.2, 1.6)))))
        }
        yield f"random graph {number}", sorted(edges)


def chain_from_hub(arm, length):
    first = 1 + arm * length
    return [(0, first), *((first + n, first + n + 1) for n in range(length - 1))]


def laid_out(seed):
    """All graphs as one: (name, edges) on disjoint node numbers, dealt at random, and the edges of all in random order."""
    generator = random.Random(seed)
    graphs = []
    for name, edges in named_graphs():
        graphs.append((name, edges, sorted({node for edge in edges for node in edge})))
    numbers = list(range(sum(len(nodes) for _, _, nodes in graphs)))
    generator.shuffle(numbers)
    placed = []
    for name, edges, nodes in graphs:
        place = {node: numbers.pop() for node in nodes}
        placed.append((name, [tuple(sorted((place[one], place[other]))) for one, other in edges]))
    together = [edge for _, edges in placed for edge in edges]
    generator.shuffle(together)
    return placed, together


@pytest.mark.parametrize("seed", [1, 2], ids=["one order", "another order"])
def test_components_are_those_of_networkx(project, seed):
    graphs, edges = laid_out(seed)
    schema = f"{project.schema}_intermediate"
    project.load("public_edges.edges", [{"a": str(a), "b": str(b)} for a, b in edges])
    project.execute(f"create schema if not exists {schema}")
    project.execute(
        f"""
        create table {schema}.int_match_edges as
        select cast(a as bigint) as record_id_a, cast(b as bigint) as record_id_b, cast(5 as numeric(18, 6)) as match_weight
        from public_edges.edges
        """
    )
    project.run("--select", "int_component_roots", "int_components")
    rows = project.query(f"select record_id, component_id, component_size from {schema}.int_components")
    component_of = {row["record_id"]: row["component_id"] for row in rows}
    size_of = {row["record_id"]: row["component_size"] for row in rows}
    assert len(component_of) == len(rows), "a node stands twice"
    for name, graph_edges in graphs:
        expected = {}
        for component in nx.connected_components(nx.Graph(graph_edges)):
            expected |= dict.fromkeys(component, min(component))
        found = {node: component_of.get(node) for node in expected}
        assert found == expected, name
        sizes = Counter(expected.values())
        assert {node: size_of[node] for node in expected} == {n: sizes[c] for n, c in expected.items()}, name
