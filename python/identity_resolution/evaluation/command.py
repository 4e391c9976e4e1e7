"""The command `idr evaluate`."""

import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from identity_resolution.config.project import Project
from identity_resolution.evaluation.dataset import load_dataset
from identity_resolution.evaluation.metrics import measure
from identity_resolution.training import train as training
from identity_resolution.training.counts import TooLittleDataError
from identity_resolution.training.weights import shipped_weights
from identity_resolution.warehouse.database import open_database, scratch_folder, scratch_target
from identity_resolution.warehouse.dbt import DbtRun, run_dbt
from identity_resolution.warehouse.profile import Target, read_target

VARIABLES = {"identity_sources": ["stg_generic__records"], "activity_sources": []}


def evaluate(
    dataset: Annotated[Path, typer.Argument(help="A folder with records and truth.", metavar="DATASET_DIR")],
    target_name: Annotated[
        str | None,
        typer.Option("--target", help="The target of the profile.", show_default="the profile's own"),
    ] = None,
    is_trained: Annotated[
        bool,
        typer.Option(
            "--train/--no-train", help="Train on the data set, without labels; or take the project's weights."
        ),
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    project_dir: Annotated[
        Path | None,
        typer.Option("--project-dir", help="The folder of dbt_project.yml.", show_default="nearest"),
    ] = None,
) -> None:
    """Build a data set with known truth in a scratch database, and print how right the customers are."""
    result = evaluate_dataset(dataset, read_target(target_name, project_dir), is_trained=is_trained)
    if as_json:
        typer.echo(json.dumps(result))
    else:
        _print(result, Console())


def evaluate_dataset(dataset: Path, target: Target, *, is_trained: bool = True) -> dict[str, Any]:
    """Evaluate one data set, with weights trained on it (the truth is not looked at), or with the project's own.

    Returns: dataset, records, people, clusters, pairwise and b_cubed (precision, recall, f1), review_pairs, seconds
    (load, train, build: wall time; what a training shares with a build counts as build) and peak_memory_mb (of dbt's
    processes; a database server's memory is its own).
    """
    with scratch_folder() as folder, scratch_target(target, folder) as scratch:
        started = time.perf_counter()
        with open_database(scratch) as database:
            records, left_out = load_dataset(database, dataset)
        if left_out:
            typer.echo(f"idr: not in the record contract, left out: {', '.join(left_out)}", err=True)
        loaded = time.perf_counter()
        run, train_seconds = _build(scratch, folder, is_trained)
        with open_database(scratch) as database:
            metrics = measure(database, "raw_truth.entities", f"{scratch.schema}.customer_crosswalk")
            review_pairs = database.execute(f"select count(*) from {scratch.schema}.review_queue")[0][0]
        scored = metrics.as_dict()
        return {
            "dataset": dataset.resolve().name,
            "records": records,
            "people": scored["people"],
            "clusters": scored["clusters"],
            "pairwise": scored["pairwise"],
            "b_cubed": scored["b_cubed"],
            "review_pairs": int(review_pairs),
            "seconds": {
                "load": round(loaded - started, 2),
                "train": round(train_seconds, 2),
                "build": round(run.seconds, 2),
            },
            "peak_memory_mb": run.peak_memory_mb,
        }


def _build(target: Target, folder: Path, is_trained: bool) -> tuple[DbtRun, float]:
    """Build everything; returns what dbt cost, and the seconds of the training."""
    nodes = ["--resource-type", "seed", "--resource-type", "model"]
    if not is_trained:
        return run_dbt(target, folder, ["build", *nodes], VARIABLES, "build"), 0.0
    variables = VARIABLES | training.VARIABLES
    pairs = run_dbt(
        target,
        folder,
        ["build", *nodes, "--select", training.PAIRS, "resource_type:seed", *training.LEFT_OUT],
        variables,
        "pairs",
    )
    counted = run_dbt(
        target,
        folder,
        ["build", *nodes, "--select", training.COUNTS, "--exclude", training.PAIRS],
        variables,
        "counts",
    )
    with open_database(target) as database:
        started = time.perf_counter()
        try:
            weights = training.train(database, target.schema, Project(target.project_dir)).weights
        except TooLittleDataError as error:
            typer.echo(f"idr: {error}", err=True)
            weights = shipped_weights()
        weights.write_tables(database, f"{target.schema}_rules")
        learnt = time.perf_counter() - started
    rest = run_dbt(target, folder, ["run", "--exclude", training.COUNTS], variables, "build")
    cost = DbtRun(pairs.seconds + rest.seconds, max(run.peak_memory_mb for run in (pairs, counted, rest)))
    return cost, counted.seconds + learnt


def _print(result: dict[str, Any], console: Console) -> None:
    console.print(
        f"[bold]{result['dataset']}[/bold]: {result['records']:,} records of {result['people']:,} people "
        f"became {result['clusters']:,} customers; {result['review_pairs']:,} pairs to review"
    )
    table = Table(box=None, pad_edge=False)
    for name in ("", "precision", "recall", "F1"):
        table.add_column(name, justify="left" if not name else "right")
    for name, key in (("pairs of records", "pairwise"), ("records (B-cubed)", "b_cubed")):
        score = result[key]
        table.add_row(name, *(f"{score[part]:.4f}" for part in ("precision", "recall", "f1")))
    console.print(table)
    seconds = result["seconds"]
    console.print(
        f"load {seconds['load']:.1f} s, train {seconds['train']:.1f} s, build {seconds['build']:.1f} s; "
        f"peak memory {result['peak_memory_mb']:,.0f} MB"
    )
