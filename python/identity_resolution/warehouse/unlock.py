"""The command `idr unlock`."""

from typing import Annotated

import typer

from identity_resolution.options import ProjectOption, TargetOption
from identity_resolution.warehouse.database import open_database
from identity_resolution.warehouse.profile import read_target


def unlock(
    target_name: TargetOption = None,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    project_dir: ProjectOption = None,
) -> None:
    """Show which build holds the lock of the target's schema, and take it away from one that is dead."""
    target = read_target(target_name, project_dir)
    with open_database(target, read_only=True) as database:
        owner = database.build_owner()
        if owner is None:
            typer.echo(f"No build holds {database.description}, schema {target.schema}: nothing to unlock.")
            return
        typer.echo(f"A build is writing to the schema {target.schema}: {owner}.")
        if not is_sure and not typer.confirm("Take the lock away from it?"):
            raise typer.Exit(1)
        database.end_build_lock(owner)
        typer.echo(
            "The lock is free. If that build still runs, it stops at its next model once another has begun."
        )
