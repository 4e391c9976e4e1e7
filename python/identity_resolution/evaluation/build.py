"""A data set, built in a scratch database: what every evaluation begins with."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from identity_resolution.evaluation.dataset import load_dataset
from identity_resolution.training.counts import TooLittleDataError
from identity_resolution.training.train import NODES, PAIRS, VARIABLES, build_pairs, train
from identity_resolution.training.weights import shipped_weights
from identity_resolution.warehouse.database import Database, open_database, scratch_folder, scratch_target
from identity_resolution.warehouse.dbt import DbtRun, run_dbt
from identity_resolution.warehouse.profile import Target

SOURCES = {"identity_sources": ["stg_generic__records"], "activity_sources": []}


@dataclass(frozen=True)
class Built:
    """A built data set. seconds: load, train and build, wall time; what a training shares with a build is build."""

    database: Database
    schema: str
    dataset: str
    records: int
    seconds: dict[str, float]
    peak_memory_mb: float


@contextmanager
def built_dataset(
    dataset: Path, target: Target, *, is_trained: bool = True, variables: dict[str, Any] | None = None
) -> Iterator[Built]:
    """Load a data set, train on it without its truth (or take the project's weights), build it; gone at the end.

    variables go before those of the project. Too little data to learn from gets the shipped weights, and a line that
    says so on stderr.
    """
    with scratch_folder() as folder, scratch_target(target, folder) as scratch:
        started = time.perf_counter()
        with open_database(scratch) as database:
            records, left_out = load_dataset(database, dataset)
        if left_out:
            typer.echo(f"idr: not in the record contract, left out: {', '.join(left_out)}", err=True)
        loaded = time.perf_counter()
        given = SOURCES | (variables or {})
        if is_trained:
            run, train_seconds = _train_and_build(scratch, folder, given)
        else:
            run, train_seconds = run_dbt(scratch, folder, ["build", *NODES], given, "build"), 0.0
        seconds = {"load": loaded - started, "train": train_seconds, "build": run.seconds}
        with open_database(scratch) as database:
            yield Built(
                database,
                scratch.schema,
                dataset.resolve().name,
                records,
                {name: round(value, 2) for name, value in seconds.items()},
                run.peak_memory_mb,
            )


def _train_and_build(target: Target, folder: Path, variables: dict[str, Any]) -> tuple[DbtRun, float]:
    """What dbt cost but for the training, and the seconds of training."""
    paired = build_pairs(target, folder, variables)
    started = time.perf_counter()
    peak = paired.peak_memory_mb
    try:
        peak = max(peak, train(target, folder, variables).peak_memory_mb)
    except TooLittleDataError as error:
        typer.echo(f"idr: {error}", err=True)
        with open_database(target) as database:
            shipped_weights().write_tables(database, f"{target.schema}_rules")
    learnt = time.perf_counter() - started
    rest = run_dbt(
        target, folder, ["run", "--exclude", PAIRS, "tag:training"], variables | VARIABLES, "build"
    )
    return DbtRun(paired.seconds + rest.seconds, max(peak, rest.peak_memory_mb)), learnt
