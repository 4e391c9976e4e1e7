"""The command `idr publish`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from identity_resolution.errors import UserError
from identity_resolution.options import ProjectOption, TargetOption
from identity_resolution.publishing.publish import publish_folder, publish_postgres
from identity_resolution.warehouse.database import DuckDb, open_database
from identity_resolution.warehouse.profile import read_target


def publish(
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where to: a folder, for Parquet files.", metavar="DIR")
    ] = None,
    into: Annotated[
        str | None,
        typer.Option("--into", help="Where to: a Postgres target of the profile.", metavar="TARGET"),
    ] = None,
    schema: Annotated[
        str | None, typer.Option("--schema", help="The schema there.", show_default="the target's own")
    ] = None,
    target_name: TargetOption = None,
    project_dir: ProjectOption = None,
) -> None:
    """Copy the marts of a DuckDB build to where readers see the last complete build while the next one runs."""
    if (folder is None) == (into is None):
        raise UserError("where to? name either --folder or --into")
    target = read_target(target_name, project_dir)
    destination = read_target(into, project_dir) if into else None
    if destination is not None and destination.engine != "postgres":
        raise UserError(f"--into {into}: its type is {destination.engine}, publishing needs postgres")
    console = Console(stderr=True)
    with open_database(target, read_only=True) as database, console.status("publishing") as status:
        if not isinstance(database, DuckDb):
            raise UserError(
                f"the target {target.name} is on {target.engine}: its readers read the marts themselves"
            )

        def tell(mart: str) -> None:
            status.update(f"publishing {mart}")

        if folder is not None:
            counts = publish_folder(database, folder, tell)
            place = str(folder / "current")
        elif destination is not None:
            counts = publish_postgres(database, destination, schema or destination.schema, tell)
            place = f"{destination.name}, schema {schema or destination.schema}"
    for mart, count in counts:
        typer.echo(f"{count:>12,}  {mart}")
    typer.echo(f"are in {place}")
