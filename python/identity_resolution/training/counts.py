"""Reads what a training needs: counts that the models int_training_* have made in the warehouse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from identity_resolution.errors import UserError
from identity_resolution.training.mixture import Array, Comparison, PairCounts, weighted_count
from identity_resolution.warehouse.database import Database

# Fewer records have too few pairs of one person to learn from.
FEWEST_RECORDS = 300


class TooLittleDataError(UserError):
    """Nothing can be learnt from the data."""


@dataclass(frozen=True)
class DataProfile:
    """The data of a training: records, and on how many of them each attribute is."""

    records: int
    filled: Mapping[str, int]


def read_profile(database: Database, schema: str) -> DataProfile:
    """The profile of the records. Raises TooLittleDataError if they are too few."""
    rows = database.execute(
        f"select attribute, filled_count, record_count from {schema}.int_training_profile order by attribute"
    )
    records = int(rows[0][2])
    if records < FEWEST_RECORDS:
        raise TooLittleDataError(
            f"{records:,} records are too few to learn from (at least {FEWEST_RECORDS}); "
            "the shipped weights carry small data, nothing was changed"
        )
    return DataProfile(records, {str(name): int(filled) for name, filled, _ in rows})


def read_counts(
    database: Database, schema: str, comparisons: Sequence[Comparison], records: int
) -> PairCounts:
    """The counts of candidate pairs by pattern, and what is known of all other pairs.

    Raises TooLittleDataError if there is no candidate pair.
    """
    rows = database.execute(
        f"select pattern, is_match, pair_count from {schema}.int_training_patterns order by pattern, is_match"
    )
    if not rows:
        raise TooLittleDataError("no two records have anything in common; there is nothing to learn from")
    patterns, places = np.unique(np.array([int(row[0]) for row in rows], dtype=np.int64), return_inverse=True)
    by_truth = {
        truth: weighted_count(
            places, np.array([float(row[2]) if row[1] is truth else 0.0 for row in rows]), len(patterns)
        )
        for truth in (None, True, False)
    }
    counts = sum(by_truth.values(), np.zeros(len(patterns)))
    digits = np.empty((len(patterns), len(comparisons)), dtype=np.int64)
    remaining = patterns
    for column, comparison in enumerate(comparisons):
        remaining, digits[:, column] = np.divmod(remaining, comparison.levels)
    pairs = records * (records - 1) / 2
    rest = _rest(database, schema, _candidates(comparisons, digits, counts), pairs)
    labels = {truth: by_truth[truth] for truth in (True, False)}
    is_labelled = any(label.any() for label in labels.values())
    return PairCounts(comparisons, digits, counts, rest, pairs, labels if is_labelled else {})


def _candidates(
    comparisons: Sequence[Comparison], digits: NDArray[np.int64], counts: Array
) -> dict[Comparison, Array]:
    """By comparison the number of candidate pairs in each level, level 0 included."""
    return {
        comparison: weighted_count(digits[:, column], counts, comparison.levels)
        for column, comparison in enumerate(comparisons)
    }


def _rest(
    database: Database, schema: str, candidates: Mapping[Comparison, Array], pairs: float
) -> dict[str, Array]:
    """By comparison the expected number of pairs in each level that are no candidates.

    The sample gives the shares. Levels of exact agreement are counted, less what the candidates have of them; the
    other levels share what remains of the pairs that have the value on both sides.
    """
    sampled = {comparison.name: np.zeros(comparison.levels) for comparison in candidates}
    for name, level, count in database.execute(
        f"select comparison, level, pair_count from {schema}.int_training_levels"
    ):
        sampled[name][int(level)] = float(count)
    exact: dict[str, dict[int, float]] = {}
    for name, level, count in database.execute(
        f"select comparison, level, pair_count from {schema}.int_training_exact_pairs"
    ):
        exact.setdefault(name, {})[int(level)] = float(count)
    rest = {}
    for comparison, found in candidates.items():
        share = sampled[comparison.name]
        expected = share * ((pairs - found.sum()) / max(share.sum(), 1))
        if comparison.joint_of:
            # namesakes are candidates, whoever else is not
            expected[1:] = 0
        elif comparison.name in exact:
            _put_exact(expected, exact[comparison.name], found)
        rest[comparison.name] = expected
    return rest


def _put_exact(expected: Array, exact: Mapping[int, float], candidates: Array) -> None:
    known = expected[1:].sum()
    for level, count in exact.items():
        expected[level] = max(count - candidates[level], 0)
    others = [level for level in range(1, len(expected)) if level not in exact]
    sampled = expected[others].sum()
    if sampled > 0:
        expected[others] *= max(known - expected[list(exact)].sum(), 0) / sampled
