"""The command line `idr`: one function per command, each in the module that does its work."""

import typer

app = typer.Typer(name="idr", no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)


@app.callback()
def main() -> None:
    """Identity resolution in your warehouse."""


if __name__ == "__main__":
    app()
