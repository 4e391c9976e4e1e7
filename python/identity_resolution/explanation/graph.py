"""The accepted edges of a customer as a graph: the strongest path between two records, and what would separate them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

# match weights as whole numbers, so that sums are exact
UNITS = 1_000_000


@dataclass(frozen=True)
class Edge:
    """A row of identity_edges."""

    edge_id: str
    record_key_a: str
    record_key_b: str
    edge_type: str
    rule_name: str
    match_weight: float
    match_probability: float | None
    evidence: str | None
    refused_reason: str | None

    @property
    def pair(self) -> tuple[str, str]:
        """The two records."""
        return self.record_key_a, self.record_key_b

    def as_dict(self) -> dict[str, Any]:
        """The edge with its evidence in parts."""
        return {
            "edge_id": self.edge_id,
            "edge_type": self.edge_type,
            "rule_name": self.rule_name,
            "match_weight": self.match_weight,
            "match_probability": self.match_probability,
            "evidence": read_evidence(self.evidence, self.match_weight),
        }


def read_evidence(evidence: str | None, match_weight: float | None) -> dict[str, Any]:
    """What evidence says; with comparisons the prior odds too, which are the rest of the match weight."""
    found: dict[str, Any] = json.loads(evidence) if evidence else {}
    levels = [value for value in found.values() if isinstance(value, dict)]
    if not levels or match_weight is None:
        return found
    prior_weight = round(match_weight - sum(value["weight"] for value in levels), 2)
    return {"comparisons": found, "prior_weight": prior_weight}


class CustomerGraph:
    """The records of a customer and what joins them.

    Of several edges between two records the strongest counts. Links are in a total order, by weight and then by the
    record_ids, the same as that of the mart identity_paths.
    """

    def __init__(self, edges: Iterable[Edge], record_ids: Mapping[str, int]) -> None:
        by_pair: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in edges:
            by_pair[edge.pair].append(edge)
        self._edges = {
            pair: sorted(found, key=lambda edge: (-edge.match_weight, edge.rule_name.encode()))
            for pair, found in by_pair.items()
        }
        self._order = sorted(
            self._edges, key=lambda pair: (-self.weight(pair), *sorted(record_ids[key] for key in pair))
        )
        self._graph = nx.Graph()
        self._graph.add_nodes_from(sorted(record_ids))
        for rank, pair in enumerate(self._order):
            capacity = max(1, round(self.weight(pair) * UNITS))
            self._graph.add_edge(*pair, pair=pair, rank=rank, capacity=capacity)

    def weight(self, pair: tuple[str, str]) -> float:
        """The weight of the strongest edge between two records."""
        return self._edges[pair][0].match_weight

    def is_connected(self, one: str, other: str) -> bool:
        """Whether a path joins two records; one does in every whole build."""
        return bool(nx.has_path(self._graph, one, other))

    def strongest_path(self, one: str, other: str) -> list[dict[str, Any]]:
        """The links of the path whose weakest link is as strong as possible, weakest first."""
        tree = nx.minimum_spanning_tree(self._graph, weight="rank")
        keys = nx.shortest_path(tree, one, other)
        links = [tree.edges[step] for step in pairwise(keys)]
        found = []
        for link in sorted(links, key=lambda link: -link["rank"]):
            tree.remove_edge(*link["pair"])
            side = nx.node_connected_component(tree, link["pair"][0])
            tree.add_edge(*link["pair"], **link)
            across = sum((a in side) != (b in side) for a, b in self._edges)
            found.append(self.link(link["pair"]) | {"separating_edge_count": across})
        return found

    def separation(self, one: str, other: str) -> dict[str, Any]:
        """The accepted edges of the least weight together whose removal separates two records, and the two parts."""
        _, (part, rest) = nx.minimum_cut(self._graph, one, other)
        cut = [pair for pair in self._order if (pair[0] in part) != (pair[1] in part)]
        return {
            "match_weight": round(sum(self.weight(pair) for pair in cut), 6),
            "links": [self.link(pair) for pair in cut],
            "record_keys_a": _in_order(part),
            "record_keys_b": _in_order(rest),
        }

    def link(self, pair: tuple[str, str]) -> dict[str, Any]:
        """Two records and all edges between them, the strongest first."""
        return as_link(self._edges[pair])


def as_link(edges: Sequence[Edge]) -> dict[str, Any]:
    """Edges between the same two records."""
    one, other = edges[0].pair
    return {"record_key_a": one, "record_key_b": other, "edges": [edge.as_dict() for edge in edges]}


def _in_order(keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=str.encode)
