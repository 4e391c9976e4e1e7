"""One training: counts from the warehouse, the mixture, and the seeds of the trained model."""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from identity_resolution.config.project import Project
from identity_resolution.training.counts import DataProfile, read_counts, read_profile
from identity_resolution.training.mixture import MATCH, Comparison, Model, PairCounts, fit
from identity_resolution.training.weights import Weights, shipped_weights, starting_model, trained_weights
from identity_resolution.warehouse.database import Database, open_database
from identity_resolution.warehouse.dbt import DbtRun, run_dbt
from identity_resolution.warehouse.profile import Target

NODES = ("--resource-type", "seed", "--resource-type", "model")
# What a training builds: the tables of a build up to the compared pairs, counts of its own, and, once the weights of
# the comparisons are known, the fragments that they make of customers.
PAIRS = "+int_compared_pairs"
COUNTS = "+tag:training"
FRAGMENTS = ("+int_training_source_counts", "+int_training_terms")
# Terms count as they are today.
VARIABLES = {"use_trained_term_frequencies": False}


@dataclass(frozen=True)
class Training:
    """What came out of a training.

    kept: the comparisons that no pair tells anything about, with their shipped weights. match_pairs: the expected
    number of pairs of one person among all pairs. peak_memory_mb: of dbt's processes.
    """

    weights: Weights
    profile: DataProfile
    candidate_pairs: int
    labelled_pairs: int
    match_pairs: float
    kept: Sequence[str]
    rounds: int
    peak_memory_mb: float = 0.0


def build_pairs(target: Target, folder: Path, variables: dict[str, Any]) -> DbtRun:
    """Build what a training and a build have in common: the seeds, and all up to the compared pairs.

    In the schemas of the target; dbt's files go to `folder`.
    """
    select = ("--select", PAIRS, "resource_type:seed", "--exclude", "tag:demo")
    return run_dbt(target, folder, ["build", *NODES, *select], variables | VARIABLES, "pairs")


def train(target: Target, folder: Path, variables: dict[str, Any]) -> Training:
    """Learn the weights from what build_pairs has built. The rule tables of the target hold them afterwards.

    Raises TooLittleDataError for data that nothing can be learnt from; the rule tables are then as they were.
    """
    given = variables | VARIABLES
    counts = ("--select", COUNTS, "--exclude", PAIRS, *FRAGMENTS)
    counted = run_dbt(target, folder, ["build", *NODES, *counts], given, "counts")
    with open_database(target) as database:
        training = learn_comparisons(database, target.schema, Project(target.project_dir))
    run = run_dbt(target, folder, ["run", "--select", *FRAGMENTS, "--exclude", PAIRS], given, "fragments")
    with open_database(target) as database:
        training = learn_customers(database, target.schema, training)
    peak = max(counted.peak_memory_mb, run.peak_memory_mb)
    return dataclasses.replace(training, peak_memory_mb=peak)


def learn_comparisons(database: Database, schema: str, project: Project) -> Training:
    """Learn the comparisons and the prior from COUNTS, built in schemas named `schema`_…, and put it there.

    Raises TooLittleDataError for data that nothing can be learnt from.
    """
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
    weights = trained_weights(model, profile.records, facts)
    weights.write_tables(database, f"{schema}_rules")
    return Training(weights, profile, int(data.counts.sum()), labelled, match_pairs, kept, model.rounds)


def learn_customers(database: Database, schema: str, training: Training) -> Training:
    """Learn the records in each source and the frequent terms from FRAGMENTS, built with the weights of the training.

    They are put beside the weights.
    """
    counted: dict[str, dict[int, int]] = defaultdict(dict)
    for source, number, customers in database.execute(
        f"select source_system, record_count, fragment_count from {schema}_intermediate.int_training_source_counts"
    ):
        counted[str(source)][int(number)] = int(customers)
    weights = training.weights.with_customers(counted, _terms(database, f"{schema}_intermediate"))
    weights.write_tables(database, f"{schema}_rules")
    return dataclasses.replace(training, weights=weights)


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


def _terms(database: Database, schema: str) -> list[tuple[str, str, int]]:
    """How many records each term is on; the term * stands for all records. Terms of few customers stay out."""
    rows = database.execute(
        f"""
        select attribute, '*' as term, sum(record_count) as record_count
        from {schema}.int_term_counts
        group by attribute
        union all
        select attribute, term, record_count
        from {schema}.int_training_terms
        """
    )
    return sorted((str(attribute), str(term), int(count)) for attribute, term, count in rows)
