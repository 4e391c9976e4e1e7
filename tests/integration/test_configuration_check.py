"""A build with a wrong configuration stops before it has built anything."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner

ROOT = Path(__file__).parents[2]
WRONG_VARS = "{merge_threshold: 1.2}"
LINE = "--vars merge_threshold: found 1.2; allowed: a number above 0 and below 1"


@pytest.fixture
def profiles(tmp_path, monkeypatch):
    """A folder with the example profile; its DuckDB file would be identity.duckdb beside it."""
    shutil.copy(ROOT / "profiles.example.yml", tmp_path / "profiles.yml")
    monkeypatch.setenv("IDR_DUCKDB_PATH", str(tmp_path / "identity.duckdb"))
    return tmp_path


def arguments(command, profiles, target):
    """The arguments of a dbt command that leaves its files in the folder of the profile."""
    return [
        *("--no-use-colors", "--no-send-anonymous-usage-stats", "--log-path", str(profiles / "logs")),
        *(command, "--project-dir", str(ROOT), "--profiles-dir", str(profiles), "--target", target),
        *("--target-path", str(profiles / "target"), "--vars", WRONG_VARS),
    ]


@pytest.mark.parametrize("command", ["build", "run", "seed"])
def test_command_stops_before_anything_is_built(profiles, command, target):
    # no server listens on this port: the command would fail otherwise, if it came so far as to connect
    environment = {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": "1"}
    dbt = Path(sys.executable).with_name("dbt")
    process = subprocess.run(
        [dbt, *arguments(command, profiles, target)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 2, process.stdout
    lines = [line.strip() for line in process.stdout.splitlines()]
    assert lines.count(LINE) == 1, process.stdout
    assert "Traceback" not in process.stdout + process.stderr
    assert not (profiles / "identity.duckdb").exists(), "the database was opened"
    assert not (profiles / "target/run").exists(), "a model was run"


def test_check_works_from_python(profiles):
    result = dbtRunner().invoke(arguments("build", profiles, "duckdb"))
    assert not result.success
    assert LINE in str(result.exception)


def test_commands_that_build_nothing_are_not_stopped(profiles):
    result = dbtRunner().invoke(arguments("parse", profiles, "duckdb"))
    assert result.success, result.exception
