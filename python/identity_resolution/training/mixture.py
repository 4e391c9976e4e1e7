"""The four-class mixture and its estimation without labels.

Fellegi and Sunter (1969) with latent classes, estimated by expectation-maximisation as in Winkler (1988): a pair of
records is one of unrelated people, of one household, of colleagues, or of one person, and within a class the
comparisons are independent, but for namesakes. Everything is computed on counts of comparison patterns, so neither
work nor memory grows with the number of pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CLASSES = ("match", "household", "colleague", "unrelated")
MATCH, HOUSEHOLD, COLLEAGUE, UNRELATED = range(len(CLASSES))

# A class is kept what it is named for by taking, in these comparisons, the level probabilities of unrelated people
# with a share of those of one person (twins have one birth date). All other comparisons of the class are learnt.
TIES: Mapping[int, Mapping[str, float]] = {
    HOUSEHOLD: {
        "first_name": 0.02,
        "birth_date": 0.04,
        "middle_name": 0.0,
        "national_id": 0.0,
        "gender": 0.0,
        "job_title": 0.0,
        "email_name": 0.0,
    },
    COLLEAGUE: {
        "first_name": 0.0,
        "last_name": 0.0,
        "birth_date": 0.0,
        "middle_name": 0.0,
        "name_suffix": 0.0,
        "national_id": 0.0,
        "gender": 0.0,
        "job_title": 0.0,
        "email_name": 0.0,
    },
}
# What is known beforehand and not learnt: father and son of one name are what a suffix is for, and too few pairs have
# one to tell them from one person.
FIXED: Mapping[str, tuple[int, ...]] = {"name_suffix": (MATCH, HOUSEHOLD)}
# People of one household have records from before and after a move as one person has: half of the household's level
# probabilities are those of one person.
MOVED = ("address",)
# Levels that a tied class learns all the same. A name that stands as first name here and as last name there: where a
# record has but one name, people of one family look like that.
UNTIED_LEVELS = {(HOUSEHOLD, "first_name"): (18,)}

# How many pairs the starting probabilities of a class are worth beside those that are counted.
PRIOR_PAIRS = 30.0
# Among unrelated pairs the starting probabilities count as this share: what no pair of the data shows is rare, but
# not impossible.
UNRELATED_PRIOR_SHARE = 0.01
# Pairs of namesakes that the assumption of no dependence is worth.
PRIOR_NAMESAKES = 5.0
# The first levels of a name's comparison: exact agreement, by how frequent the name is.
FREQUENCY_LEVELS = 10
MOST_ROUNDS = 100
SETTLED = 1e-4
SMALLEST_SHARE = 1e-15


@dataclass(frozen=True)
class Comparison:
    """A comparison and the number of its levels, level 0 (no evidence) included.

    A joint comparison of two others has a level for each band of the sum of their frequency levels (bounds are the
    upper ends of the bands, exclusive), and the same again for pairs in the levels `near` of a third comparison.
    """

    name: str
    levels: int
    joint_of: tuple[str, ...] = ()
    bounds: tuple[int, ...] = ()
    near: tuple[str, tuple[int, ...]] = ("", ())

    @classmethod
    def from_project(cls, settings: Mapping[str, Any]) -> Self:
        """A comparison as the macro `comparisons` has it."""
        return cls(
            settings["name"],
            settings["levels"],
            tuple(settings.get("joint_of", ())),
            tuple(settings.get("bounds", ())),
            (settings["near"]["comparison"], tuple(settings["near"]["levels"]))
            if "near" in settings
            else ("", ()),
        )


@dataclass(frozen=True)
class Model:
    """Level probabilities and class shares.

    levels: by comparison an array (levels from 1, classes). Each column sums to 1, but in a joint comparison, where it
    holds factors of at most 1. shares: the share of each class among all pairs of records, in the order of CLASSES.
    """

    levels: Mapping[str, Array]
    shares: Array
    rounds: int = 0


@dataclass(frozen=True)
class PairCounts:
    """What is known of all pairs of a set of records.

    patterns: int array (patterns, comparisons) of levels. counts: candidate pairs of each pattern. rest: by comparison
    the expected number of pairs that are no candidates in each level, level 0 included. pairs: the number of all pairs.
    labels: the part of counts known to be of one person (True) and of two (False).
    """

    comparisons: Sequence[Comparison]
    patterns: NDArray[np.int64]
    counts: Array
    rest: Mapping[str, Array]
    pairs: float
    labels: Mapping[bool, Array] = field(default_factory=dict)


def fit(data: PairCounts, start: Model) -> Model:
    """Estimate the mixture, beginning with the starting model and drawn towards it where pairs are few."""
    estimate = _Estimate(data, start)
    model = start
    for number in range(1, MOST_ROUNDS + 1):
        before, model = model, estimate.step(model, number)
        if max(np.abs(table - before.levels[name]).max() for name, table in model.levels.items()) < SETTLED:
            break
    return model


def class_log_odds(model: Model, data: PairCounts) -> Array:
    """Natural logarithm of share times probability of each pattern in each class: array (patterns, classes)."""
    total = np.tile(np.log(model.shares), (len(data.patterns), 1))
    for column, comparison in enumerate(data.comparisons):
        table = np.vstack([np.zeros(len(CLASSES)), np.log(model.levels[comparison.name])])
        total += table[data.patterns[:, column]]
    return total


def match_weights(model: Model, data: PairCounts) -> Array:
    """log2 of the odds of one person against the three other classes, of each pattern."""
    odds = class_log_odds(model, data)
    weights: Array = (odds[:, MATCH] - np.logaddexp.reduce(odds[:, 1:], axis=1)) / np.log(2)
    return weights


def weighted_count(places: NDArray[np.int64], weights: Array, size: int) -> Array:
    """The sum of the weights at each place from 0 up to size."""
    return np.bincount(places, weights, size).astype(np.float64)


class _Estimate:
    """Rounds of expectation and maximisation on one set of counts."""

    def __init__(self, data: PairCounts, start: Model) -> None:
        self.data, self.start = data, start
        self.unlabelled = data.counts - sum(data.labels.values(), np.zeros_like(data.counts))

    def step(self, model: Model, number: int) -> Model:
        """One round."""
        weights = self._expected_pairs(model)
        levels: dict[str, Array] = {}
        for column, comparison in enumerate(self.data.comparisons):
            counted = self._counted(column, comparison, weights)
            if comparison.joint_of:
                levels[comparison.name] = self._namesakes(comparison, counted, levels)
            else:
                levels[comparison.name] = self._probabilities(comparison.name, counted)
        shares = np.maximum(weights.sum(axis=0) / self.data.pairs, SMALLEST_SHARE)
        shares[UNRELATED] = 1 - shares[:UNRELATED].sum()
        return Model(levels, shares, number)

    def _expected_pairs(self, model: Model) -> Array:
        """Of the candidate pairs of each pattern, how many are of each class."""
        odds = class_log_odds(model, self.data)
        share = np.exp(odds - odds.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        weights: Array = share * self.unlabelled[:, None]
        if self.data.labels:
            weights[:, MATCH] += self.data.labels[True]
            apart = share.copy()
            apart[:, MATCH] = 0
            apart[:, UNRELATED] += np.finfo(float).tiny
            apart /= apart.sum(axis=1, keepdims=True)
            weights += apart * self.data.labels[False][:, None]
        return weights

    def _counted(self, column: int, comparison: Comparison, weights: Array) -> Array:
        """Expected pairs (levels from 1, classes); what is no candidate is taken as unrelated."""
        levels = self.data.patterns[:, column]
        counted: Array = np.stack(
            [weighted_count(levels, weights[:, k], comparison.levels)[1:] for k in range(len(CLASSES))],
            axis=1,
        )
        counted[:, UNRELATED] += self.data.rest[comparison.name][1:]
        return counted

    def _probabilities(self, name: str, counted: Array) -> Array:
        start = self.start.levels[name]
        prior = start * PRIOR_PAIRS
        known = counted[:, UNRELATED].sum()
        prior[:, UNRELATED] = start[:, UNRELATED] * max(PRIOR_PAIRS, UNRELATED_PRIOR_SHARE * known)
        table: Array = counted + prior
        table /= table.sum(axis=0, keepdims=True)
        for fixed in FIXED.get(name, ()):
            table[:, fixed] = start[:, fixed]
        if name in MOVED:
            table[:, HOUSEHOLD] = (table[:, HOUSEHOLD] + table[:, MATCH]) / 2
        for tied, shares in TIES.items():
            if name in shares:
                learnt = table[:, tied].copy()
                table[:, tied] = (1 - shares[name]) * table[:, UNRELATED] + shares[name] * table[:, MATCH]
                for level in UNTIED_LEVELS.get((tied, name), ()):
                    table[:, tied] *= (1 - learnt[level - 1]) / (1 - table[level - 1, tied])
                    table[level - 1, tied] = learnt[level - 1]
        return table

    def _namesakes(self, comparison: Comparison, counted: Array, levels: Mapping[str, Array]) -> Array:
        """How much more often two people agree on both names than the frequencies of the names explain."""
        first, last = (levels[name][:, UNRELATED] for name in comparison.joint_of)
        known = np.prod([self._known_share(name) for name in comparison.joint_of])
        frequency = np.arange(1, FREQUENCY_LEVELS + 1)
        band = np.digitize(frequency[:, None] + frequency[None, :], comparison.bounds)
        chance = self.data.pairs * known * np.outer(first[:FREQUENCY_LEVELS], last[:FREQUENCY_LEVELS])
        bands = weighted_count(band.ravel(), chance.ravel(), len(comparison.bounds) + 1)
        other, near_levels = comparison.near
        near = self._known_share(other) * levels[other][np.array(near_levels) - 1, UNRELATED].sum()
        expected = np.concatenate([bands * (1 - near), bands * near])
        found = counted[:, UNRELATED] + counted[:, COLLEAGUE]
        factor = np.maximum((found + PRIOR_NAMESAKES) / (expected + PRIOR_NAMESAKES), 1)
        table = np.ones((comparison.levels - 1, len(CLASSES)))
        table[:, [MATCH, HOUSEHOLD]] = (1 / factor)[:, None]
        return table

    def _known_share(self, name: str) -> float:
        """The share of pairs in which both records have the value."""
        rest = self.data.rest[name]
        return float(rest[1:].sum() / max(rest.sum(), 1))
