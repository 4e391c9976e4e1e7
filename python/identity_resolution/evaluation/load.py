"""The command `idr load`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from identity_resolution.errors import UserError
from identity_resolution.evaluation.dataset import find_file
from identity_resolution.options import ProjectOption, TargetOption
from identity_resolution.warehouse.database import open_database
from identity_resolution.warehouse.profile import read_target

# the files of `idr generate`, and the raw tables they become
TABLES = {
    "crm_contacts": ("raw_crm", "contacts"),
    "crm_accounts": ("raw_crm", "accounts"),
    "shop_customers": ("raw_shop", "customers"),
    "shop_orders": ("raw_shop", "orders"),
    "support_requesters": ("raw_support", "requesters"),
    "support_tickets": ("raw_support", "tickets"),
    "truth_entities": ("raw_truth", "entities"),
}


def load(
    folder: Annotated[Path, typer.Argument(help="A folder made by idr generate.", metavar="DIR")],
    target_name: TargetOption = None,
    project_dir: ProjectOption = None,
) -> None:
    """Load generated source tables into the raw schemas of the target, in place of what is there."""
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder")
    paths = {name: find_file(folder, name) for name in TABLES}
    missing = [name for name, path in paths.items() if path is None]
    if missing:
        raise UserError(
            f"{folder} lacks {', '.join(missing)} (.csv or .parquet); make a folder with: idr generate"
        )
    target = read_target(target_name, project_dir)
    console = Console(stderr=True)
    with open_database(target) as database:
        for name, path in track(
            paths.items(), "loading", console=console, disable=not console.is_terminal, transient=True
        ):
            if path is not None:
                schema, table = TABLES[name]
                typer.echo(f"{database.load_text(schema, table, path):>12,}  {schema}.{table}")
        typer.echo(f"are in {database.description}; build with: dbt build --target {target.name}")
