"""`idr spark`: dbt on a local Spark session."""

import os
from pathlib import Path
from typing import Annotated

import typer
from dbt.cli.main import dbtRunner

from identity_resolution.config.command import find_project
from identity_resolution.config.project import PROJECT_FILE
from identity_resolution.errors import UserError

WAREHOUSE = "spark-warehouse"


def spark(
    context: typer.Context,
    command: Annotated[str, typer.Argument(help="A command of dbt: build, run, seed, test, docs …")],
) -> None:
    """Run dbt on Spark in this process: a local session that knows the project's functions.

    What follows the command is given to dbt as it stands: idr spark build --select golden_customers. The tables are
    in the folder that IDR_SPARK_WAREHOUSE names (default: spark-warehouse in the project), the memory of the Java
    process is IDR_SPARK_MEMORY (default 4g).
    """
    try:
        from identity_resolution.spark.session import start_session  # noqa: PLC0415
    except ImportError as error:
        raise UserError(
            f"Spark is not installed ({error.name}): pip install 'identity-resolution[spark]'"
        ) from None
    arguments = [command, *context.args]
    folder = find_project(_value_after("--project-dir", arguments)).resolve()
    if not (folder / PROJECT_FILE).is_file():
        raise UserError(
            f"no {PROJECT_FILE} in {folder} or above; name the project's folder with --project-dir"
        )
    warehouse = Path(os.environ.get("IDR_SPARK_WAREHOUSE") or folder / WAREHOUSE).resolve()
    session = start_session(warehouse, os.environ.get("IDR_SPARK_MEMORY") or "4g")
    try:
        if not any(word in ("-t", "--target") or word.startswith("--target=") for word in arguments):
            arguments += ["--target", "spark"]
        if not _value_after("--project-dir", arguments):
            arguments += ["--project-dir", str(folder)]
        result = dbtRunner().invoke(arguments)
    finally:
        session.stop()
    if result.exception and not isinstance(result.exception, SystemExit):
        raise UserError(str(result.exception).strip().splitlines()[0])
    if not result.success:
        raise typer.Exit(1)


def _value_after(option: str, arguments: list[str]) -> Path | None:
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == option and following:
            return Path(following)
        if word.startswith(f"{option}="):
            return Path(word.split("=", maxsplit=1)[1])
    return None
