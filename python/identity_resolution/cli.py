"""The command line `idr`. A command is a function of the module that does its work; here it is registered."""

from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from identity_resolution.blocking import blocking
from identity_resolution.config.command import check
from identity_resolution.errors import UserError
from identity_resolution.evaluation.command import evaluate
from identity_resolution.evaluation.load import load
from identity_resolution.evaluation.mistakes import errors
from identity_resolution.evaluation.summary import summary
from identity_resolution.explanation.command import explain
from identity_resolution.generation.command import generate
from identity_resolution.publishing.command import publish
from identity_resolution.spark.command import spark
from identity_resolution.training.command import train_command
from identity_resolution.warehouse.unlock import unlock

INTERRUPTED = 130


class _Commands(TyperGroup):
    """Ends an expected error with its message on stderr and its exit code, whoever calls the commands."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            for line in str(error).splitlines():
                typer.echo(f"idr: {line}", err=True)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("idr: interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    name="idr",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Identity resolution in your warehouse: one golden record per customer.",
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"identity-resolution {version('identity-resolution')}")
        raise typer.Exit


@app.callback()
def main(
    is_version_asked: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Identity resolution in your warehouse: one golden record per customer."""


app.command("check")(check)
app.command("train")(train_command)
app.command("evaluate")(evaluate)
app.command("blocking")(blocking)
app.command("errors")(errors)
app.command("explain")(explain)
app.command("load")(load)
app.command("summary")(summary)
app.command("generate")(generate)
app.command("unlock")(unlock)
app.command("publish")(publish)
app.command("spark", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(spark)

if __name__ == "__main__":
    app()
