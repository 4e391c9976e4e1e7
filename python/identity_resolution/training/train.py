"""One training: counts from the warehouse, the mixture, and the seeds of the trained model."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from identity_resolution.config.project import Project
from identity_resolution.training.counts import DataProfile, read_counts, read_profile
from identity_resolution.training.mixture import MATCH, Comparison, Model, PairCounts, fit
from identity_resolution.training.weights import Weights, shipped_weights, starting_model, trained_weights
from identity_resolution.warehouse.database import Database

# What a training reads: the tables of a build up to the compared pairs, and counts of its own. Terms count as they are
# today.
PAIRS = "+int_compared_pairs"
COUNTS = "+tag:training"
LEFT_OUT = ("--exclude", "tag:demo")
VARIABLES = {"use_trained_term_frequencies": False}


@dataclass(frozen=True)
class Training:
    """What came out of a training.

    kept: the comparisons that no pair tells anything about, with their shipped weights. match_pairs: the expected
    number of pairs of one person among all pairs. seconds: of the estimation, without the counting.
    """

    weights: Weights
    profile: DataProfile
    candidate_pairs: int
    labelled_pairs: int
    match_pairs: float
    kept: Sequence[str]
    rounds: int
    seconds: float


def train(database: Database, schema: str, project: Project) -> Training:
    """Learn the weights from what dbt has built, PAIRS and COUNTS with VARIABLES, in schemas named `schema`_….

    Raises TooLittleDataError for data that nothing can be learnt from.
    """
    started = time.perf_counter()
    comparisons = [Comparison.from_project(settings) for settings in project.comparisons]
    built = f"{schema}_intermediate"
    profile = read_profile(database, built)
    data = read_counts(database, built, comparisons, profile.records)
    start = starting_model(shipped_weights(), comparisons, profile.records)
    model, kept = _fitted(data, start)
    labelled = int(sum(label.sum() for label in data.labels.values()))
    match_pairs = float(model.shares[MATCH] * data.pairs)
    facts = (
        ("origin", "trained"),
        ("trained_on", date.today().isoformat()),
        ("version", version("identity-resolution")),
        ("records", str(profile.records)),
        ("candidate_pairs", str(int(data.counts.sum()))),
        ("labelled_pairs", str(labelled)),
        ("pairs_of_one_person", f"{match_pairs:.0f}"),
        *((f"share_with_{name}", f"{count / profile.records:.3f}") for name, count in profile.filled.items()),
        *((f"shipped_weights_of_{name}", "nothing to learn from") for name in kept),
    )
    weights = trained_weights(model, profile.records, _terms(database, built, project), facts)
    return Training(
        weights,
        profile,
        int(data.counts.sum()),
        labelled,
        match_pairs,
        kept,
        model.rounds,
        time.perf_counter() - started,
    )


def _fitted(data: PairCounts, start: Model) -> tuple[Model, list[str]]:
    """The model, and the comparisons that no candidate pair has: these keep what they start with."""
    model = fit(data, start)
    kept = [
        comparison.name
        for column, comparison in enumerate(data.comparisons)
        if not data.counts[data.patterns[:, column] > 0].sum()
    ]
    levels = {name: start.levels[name] if name in kept else table for name, table in model.levels.items()}
    return Model(levels, model.shares, model.rounds), kept


def _terms(database: Database, schema: str, project: Project) -> list[tuple[str, str, int]]:
    """How many records each term is on. Terms on few records stay out: they would name somebody."""
    rows = database.execute(
        f"""
        select attribute, '*' as term, sum(record_count) as record_count
        from {schema}.int_term_counts
        group by attribute
        union all
        select attribute, term, record_count
        from {schema}.int_term_counts
        where record_count >= %s
        """,
        (project.least_term_count,),
    )
    return sorted((str(attribute), str(term), int(count)) for attribute, term, count in rows)
