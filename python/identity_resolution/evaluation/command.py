"""The command `idr evaluate`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from identity_resolution.config import parse_vars
from identity_resolution.evaluation.build import Built, built_dataset
from identity_resolution.evaluation.calibration import calibrate
from identity_resolution.evaluation.metrics import cluster_sizes, measure
from identity_resolution.evaluation.page import check_page, write_page
from identity_resolution.options import JsonOption, ProjectOption, TargetOption, VarsOption
from identity_resolution.warehouse.profile import Target, read_target

DatasetArgument = Annotated[
    Path, typer.Argument(help="A folder with records and truth.", metavar="DATASET_DIR")
]
TrainOption = Annotated[
    bool,
    typer.Option(
        "--train/--no-train", help="Train on the data set, without labels; or take the project's weights."
    ),
]


def evaluate(
    dataset: DatasetArgument,
    target_name: TargetOption = None,
    is_trained: TrainOption = True,
    as_json: JsonOption = False,
    page: Annotated[
        Path | None, typer.Option("--html", help="Write a page with plots too.", metavar="FILE")
    ] = None,
    vars_text: VarsOption = "",
    project_dir: ProjectOption = None,
) -> None:
    """Build a data set with known truth in a scratch database, and print how right the customers are."""
    if page is not None:
        check_page(page)
    result = evaluate_dataset(
        dataset, read_target(target_name, project_dir), is_trained=is_trained, variables=parse_vars(vars_text)
    )
    if as_json:
        typer.echo(json.dumps(result))
    else:
        _print(result, Console())
    if page is not None:
        write_page(result, page)


def evaluate_dataset(
    dataset: Path, target: Target, *, is_trained: bool = True, variables: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Evaluate one data set, with weights trained on it (the truth is not looked at), or with the project's own.

    Returns: dataset, records, people, clusters, pairwise, b_cubed and exact_clusters (precision, recall, f1),
    review_pairs, candidate_pairs, calibration (bands, expected_calibration_error, merge_calibration_error, curve),
    cluster_sizes (customers and people by number of records), seconds (load, train, build) and peak_memory_mb (of
    dbt's processes; a database server's memory is its own).
    """
    with built_dataset(dataset, target, is_trained=is_trained, variables=variables) as built:
        return _measured(built)


def _measured(built: Built) -> dict[str, Any]:
    crosswalk = f"{built.schema}.customer_crosswalk"
    metrics = measure(built.database, "raw_truth.entities", crosswalk).as_dict()
    calibration = calibrate(built).as_dict()
    return {
        "dataset": built.dataset,
        "records": built.records,
        "people": metrics["people"],
        "clusters": metrics["clusters"],
        "pairwise": metrics["pairwise"],
        "b_cubed": metrics["b_cubed"],
        "exact_clusters": metrics["exact_clusters"],
        "review_pairs": int(
            built.database.execute(f"select count(*) from {built.schema}.review_queue")[0][0]
        ),
        "candidate_pairs": calibration.pop("candidate_pairs"),
        "calibration": calibration,
        "cluster_sizes": {
            "customers": cluster_sizes(built.database, crosswalk, "customer_id"),
            "people": cluster_sizes(built.database, "raw_truth.entities", "entity_id"),
        },
        "seconds": built.seconds,
        "peak_memory_mb": built.peak_memory_mb,
    }


def _print(result: dict[str, Any], console: Console) -> None:
    console.print(
        f"[bold]{result['dataset']}[/bold]: {result['records']:,} records of {result['people']:,} people became\n"
        f"{result['clusters']:,} customers; {result['review_pairs']:,} pairs to review, "
        f"{result['candidate_pairs'] / max(result['records'], 1):.1f} candidate pairs a record\n"
    )
    scores = _table("", "precision", "recall", "F1")
    for name, key in (
        ("pairs of records", "pairwise"),
        ("records (B-cubed)", "b_cubed"),
        ("customers that are a person, whole", "exact_clusters"),
    ):
        scores.add_row(name, *(f"{result[key][part]:.4f}" for part in ("precision", "recall", "f1")))
    console.print(scores)

    calibration = result["calibration"]
    bands = _table("\nprobability", "\ncandidate pairs", "\npredicted", "\nobserved")
    for band in calibration["bands"]:
        bands.add_row(
            f"{band['low']:g} to {band['high']:g}",
            f"{band['pairs']:,}",
            f"{band['predicted']:.3f}",
            f"{band['observed']:.3f}",
        )
    console.print(bands)
    console.print(
        f"expected calibration error {calibration['expected_calibration_error']:.4f}, "
        f"of pairs at 0.5 and above {calibration['merge_calibration_error']:.4f}\n"
    )
    seconds = result["seconds"]
    console.print(
        f"load {seconds['load']:.1f} s, train {seconds['train']:.1f} s, build {seconds['build']:.1f} s; "
        f"peak memory {result['peak_memory_mb']:,.0f} MB"
    )


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left")
    return table
