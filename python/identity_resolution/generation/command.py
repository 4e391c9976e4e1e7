"""The command `idr generate`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class FileFormat(StrEnum):
    """Formats of the files."""

    csv = "csv"
    parquet = "parquet"


def generate(
    records: Annotated[
        int, typer.Option("--records", help="Customer records of the three sources together.", metavar="N")
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder for the files.", metavar="DIR")],
    seed: Annotated[
        int, typer.Option("--seed", help="The same seed and number give the same data.", metavar="S")
    ] = 1,
    form: Annotated[FileFormat, typer.Option("--format", help="Format of the files.")] = FileFormat.csv,
) -> None:
    """Generate invented customers of three source systems, with the truth about who is who.

    The folder holds the raw tables (crm_contacts, crm_accounts, shop_customers, shop_orders,
    support_requesters, support_tickets, truth_entities) and is a data set as well (records, truth).
    """
    # imported here, so that it costs the other commands nothing
    from identity_resolution.generation.generate import generate as generate_folder  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Customer records", total=max(records, 0))
        generated = generate_folder(
            records, seed, out, form.value, on_progress=lambda count: progress.advance(task, count)
        )
    typer.echo(f"{generated.records:,} customer records of {generated.people:,} people are in {out}")
