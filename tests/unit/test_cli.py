"""What the command line does with errors that are expected."""

from importlib.metadata import version

import pytest
import typer
from typer.testing import CliRunner

from identity_resolution.cli import _Commands, app
from identity_resolution.errors import FailedWorkError, UserError


def run(error: BaseException):
    """The result of a command that raises the error."""
    commands = typer.Typer(cls=_Commands)

    @commands.callback()
    def main():
        pass

    @commands.command()
    def fail():
        raise error

    return CliRunner().invoke(commands, ["fail"])


@pytest.mark.parametrize(
    ("error", "exit_code", "message"),
    [
        (UserError("no such data set: x"), 2, "idr: no such data set: x\n"),
        (UserError("first fault\nsecond fault"), 2, "idr: first fault\nidr: second fault\n"),
        (FailedWorkError("dbt build failed"), 1, "idr: dbt build failed\n"),
        (KeyboardInterrupt(), 130, "idr: interrupted\n"),
    ],
)
def test_expected_error_is_one_line_on_stderr(error, exit_code, message):
    result = run(error)
    assert (result.exit_code, result.stderr, result.stdout) == (exit_code, message, "")


def test_unexpected_error_keeps_its_trace():
    result = run(ZeroDivisionError("a bug"))
    assert isinstance(result.exception, ZeroDivisionError)


def test_version():
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"identity-resolution {version('identity-resolution')}\n")
