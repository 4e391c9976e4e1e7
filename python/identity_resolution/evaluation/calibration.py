"""Whether a probability means what it says: predicted against observed, over the candidate pairs of a data set.

Counted in the database by match probability; how many pairs share one does not matter.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from identity_resolution.evaluation.build import Built

BOUNDS = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 1.0)
EQUAL_BANDS = 10
CURVE = (
    0.01,
    0.05,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.85,
    0.9,
    0.95,
    0.98,
    0.99,
    0.995,
    0.999,
    0.9999,
)


@dataclass(frozen=True)
class Band:
    """Candidate pairs with a probability from `low` to below `high`: the mean of it, and the share of true pairs."""

    low: float
    high: float
    pairs: int
    predicted: float
    observed: float


@dataclass(frozen=True)
class CurvePoint:
    """Precision and recall if the candidate pairs from a threshold on were merged, before closure."""

    threshold: float
    precision: float
    recall: float


@dataclass(frozen=True)
class Calibration:
    """Bands for people to read, the error over ten bands of equal width, and a curve over thresholds.

    expected_calibration_error: the mean distance of prediction and observation, weighted by pairs (Guo et al., 2017);
    merge_calibration_error: the same over pairs at 0.5 and above, which the many sure non-matches cannot dilute.
    """

    candidate_pairs: int
    expected_calibration_error: float
    merge_calibration_error: float
    bands: list[Band]
    curve: list[CurvePoint]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class _Count:
    probability: float
    pairs: int
    true_pairs: int


def calibrate(built: Built) -> Calibration:
    """Compare the probabilities of the candidate pairs with the truth. Records without a truth do not count."""
    rows = built.database.execute(
        f"""
        with people as (
            select
                source_records.record_id,
                truth.entity_id
            from {built.schema}_intermediate.int_source_records as source_records
            inner join raw_truth.entities as truth
                on
                    source_records.source_system = truth.source_system
                    and source_records.source_record_id = truth.source_record_id
        )
        select
            pairs.match_probability,
            count(*) as pairs,
            count(*) filter (where one.entity_id = other.entity_id) as true_pairs
        from {built.schema}_intermediate.int_scored_pairs as pairs
        inner join people as one on pairs.record_id_a = one.record_id
        inner join people as other on pairs.record_id_b = other.record_id
        group by pairs.match_probability
        order by pairs.match_probability
        """
    )
    counts = [_Count(float(probability), int(pairs), int(true)) for probability, pairs, true in rows]
    all_true = int(
        built.database.execute(
            """
            select coalesce(sum(records * (records - 1) / 2), 0)
            from (select count(*) as records from raw_truth.entities group by entity_id) as people
            """
        )[0][0]
    )
    equal = _bands(counts, [number / EQUAL_BANDS for number in range(EQUAL_BANDS + 1)])
    return Calibration(
        sum(count.pairs for count in counts),
        _error(equal),
        _error([band for band in equal if band.low >= 0.5]),
        _bands(counts, BOUNDS),
        [_point(counts, threshold, all_true) for threshold in CURVE],
    )


def _bands(counts: Sequence[_Count], bounds: Sequence[float]) -> list[Band]:
    bands = []
    for low, high in pairwise(bounds):
        is_last = high == bounds[-1]
        inside = [
            count for count in counts if low <= count.probability and (count.probability < high or is_last)
        ]
        pairs = sum(count.pairs for count in inside)
        if pairs:
            predicted = sum(count.probability * count.pairs for count in inside) / pairs
            observed = sum(count.true_pairs for count in inside) / pairs
            bands.append(Band(low, high, pairs, round(predicted, 6), round(observed, 6)))
    return bands


def _error(bands: Sequence[Band]) -> float:
    pairs = sum(band.pairs for band in bands)
    distance = sum(abs(band.predicted - band.observed) * band.pairs for band in bands)
    return round(distance / pairs, 6) if pairs else 0.0


def _point(counts: Sequence[_Count], threshold: float, all_true: int) -> CurvePoint:
    merged = [count for count in counts if count.probability >= threshold]
    pairs, true = sum(count.pairs for count in merged), sum(count.true_pairs for count in merged)
    return CurvePoint(
        threshold, round(true / pairs, 6) if pairs else 1.0, round(true / all_true, 6) if all_true else 1.0
    )
