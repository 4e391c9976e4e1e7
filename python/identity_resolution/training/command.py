"""The command `idr train`."""

import secrets
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from identity_resolution.config import check_project
from identity_resolution.evaluation.dataset import load_truth
from identity_resolution.options import ProjectOption, TargetOption
from identity_resolution.training.train import Training, build_pairs, train
from identity_resolution.training.weights import SEEDS, shipped_weights
from identity_resolution.warehouse.database import open_database, scratch_folder
from identity_resolution.warehouse.profile import Target, read_target

SEED_FOLDER = Path("seeds") / "rules"


def train_command(
    target_name: TargetOption = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            "--labels",
            help="A CSV or Parquet file of known people: source_system, source_record_id, entity_id.",
            metavar="FILE",
        ),
    ] = None,
    is_reset: Annotated[
        bool, typer.Option("--shipped", help="Train nothing: put the shipped weights back.")
    ] = False,
    project_dir: ProjectOption = None,
) -> None:
    """Learn the matching model from the records of the target, without labels, and write it to seeds/rules.

    The models it needs are built in schemas of their own, which are dropped at the end; the tables of the project stay
    as they are until the next build.
    """
    target = read_target(target_name, project_dir)
    check_project(target.project_dir)
    folder = target.project_dir / SEED_FOLDER
    if is_reset:
        shipped_weights().write_seeds(folder)
        typer.echo(f"The shipped weights are back in {SEED_FOLDER}; they count from the next dbt build on.")
        return
    training = _trained(target, labels)
    training.weights.write_seeds(folder)
    _print(training, Console())


def _trained(target: Target, labels: Path | None) -> Training:
    schema = f"idr_training_{secrets.token_hex(4)}"
    scratch = target.with_schema(schema)
    with scratch_folder() as folder:
        try:
            if labels is not None:
                with open_database(target) as database:
                    load_truth(database, labels, f"{schema}_labels")
            build_pairs(scratch, folder, {})
            return train(scratch, folder, {})
        finally:
            with open_database(target) as database:
                database.drop_schemas(schema)


def _print(training: Training, console: Console) -> None:
    known = f", {training.labelled_pairs:,} of them labelled" if training.labelled_pairs else ""
    console.print(
        f"Learnt from {training.candidate_pairs:,} candidate pairs of {training.profile.records:,} records{known}: "
        f"about {training.match_pairs:,.0f} pairs are one person ({training.rounds} rounds)."
    )
    for name in training.kept:
        console.print(f"{name}: no two records have it; its shipped weights stay.")
    console.print(
        f"Written to {SEED_FOLDER}: {', '.join(SEEDS)}. "
        "Look at the difference, commit it, and build: dbt build"
    )
