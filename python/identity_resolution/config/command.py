"""The command `idr check`."""

import os
from pathlib import Path

import typer

from identity_resolution.config.check import check_project, parse_vars
from identity_resolution.config.project import PROJECT_FILE
from identity_resolution.options import ProjectOption, VarsOption


def find_project(folder: Path | None) -> Path:
    """The project's folder: the one given, else DBT_PROJECT_DIR, else the nearest above, as dbt has it."""
    if folder is None and os.environ.get("DBT_PROJECT_DIR"):
        folder = Path(os.environ["DBT_PROJECT_DIR"])
    if folder is not None:
        return folder
    here = Path.cwd()
    return next((above for above in (here, *here.parents) if (above / PROJECT_FILE).is_file()), here)


def check(
    vars_text: VarsOption = "",
    project_dir: ProjectOption = None,
) -> None:
    """Check the vars of dbt_project.yml and the rule seeds: one line a fault, exit code 2 if there is one.

    `dbt build` makes the same check before anything else.
    """
    settings = check_project(find_project(project_dir), parse_vars(vars_text))
    typer.echo(
        f"The configuration is valid: {len(settings.identity_sources)} identity sources, "
        f"{len(settings.activity_sources)} activity sources, "
        f"{len(settings.deterministic_rules)} deterministic rules, "
        f"{len(settings.blocking_rules)} blocking rules; "
        f"merges from {settings.merge_threshold:g}, review from {settings.review_threshold:g}."
    )
