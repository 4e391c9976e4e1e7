"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

TargetOption = Annotated[
    str | None, typer.Option("--target", help="The target of the profile.", show_default="the profile's own")
]
ProjectOption = Annotated[
    Path | None,
    typer.Option("--project-dir", help="The folder of dbt_project.yml.", show_default="nearest"),
]
VarsOption = Annotated[
    str, typer.Option("--vars", help="Vars in YAML that go before the project's, as dbt's own --vars.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
