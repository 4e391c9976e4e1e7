"""A scratch database on one engine, and dbt on it: what integration tests are written with."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.adapters.factory import reset_adapters
from dbt.cli.main import dbtRunner

ROOT = Path(__file__).parents[2]

# One table in the record contract, and nothing of the demo.
GENERIC = {"identity_sources": ["stg_generic__records"], "activity_sources": []}

# The project's own sources: what dbt_project.yml lists.
DEMO = {
    name: yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"][name]
    for name in ("identity_sources", "activity_sources")
}

RECORD_CONTRACT = (
    *("source_system", "source_record_id", "full_name", "first_name", "middle_name", "last_name", "email"),
    *("phone", "date_of_birth", "gender", "street", "city", "state", "postal_code", "country", "company"),
    *("job_title", "national_id", "updated_at"),
)

# dbt parses anew when the database's name changes, so all projects of a session have this one, one after the other.
DATABASE = "idr_test"


@dataclass
class Result:
    """How a dbt command ended: `failures` has a message for each node that failed, `error` what stopped the command."""

    success: bool
    failures: dict[str, str]
    error: str
    statuses: dict[str, str]
    messages: dict[str, str] = field(default_factory=dict)
    tables: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.success


class Project:
    """The project on a scratch database of its own. Use it as `with Project(...) as project:`."""

    def __init__(self, target: str, directory: Path, template: Path | str | None = None) -> None:
        self.target = target
        self.directory = directory
        self.schema = "public" if target == "postgres" else "main"
        self.file = directory / f"{DATABASE}.duckdb"
        if target == "duckdb":
            if template is not None:
                shutil.copy(template, self.file)
        elif target == "spark":
            self._start_spark(keeps_seeds=template is not None)
        else:
            with _server() as server:
                server.execute(f"drop database if exists {DATABASE} with (force)")
                server.execute(f"create database {DATABASE}" + (f" template {template}" if template else ""))

    def __enter__(self) -> Project:
        return self

    def _start_spark(self, keeps_seeds: bool) -> None:
        """The session of this process, in which nothing is left of the project before but its seeds."""
        from identity_resolution.spark.session import start_session

        self.session = start_session(self.directory.parent / "spark")
        kept = {"default"} | ({"main_reference", "main_rules"} if keeps_seeds else set())
        for (name,) in self.session.sql("show databases").collect():
            if name not in kept:
                self.session.sql(f"drop database {name} cascade")

    def __exit__(self, *_: object) -> None:
        if self.target != "postgres":
            shutil.rmtree(self.directory, ignore_errors=True)
        else:
            with _server() as server:
                server.execute(f"drop database if exists {DATABASE} with (force)")

    @contextlib.contextmanager
    def connection(self):
        """A connection to the database, closed afterwards: DuckDB has one writer at a time."""
        if self.target == "duckdb":
            connection = duckdb.connect(str(self.file))
            try:
                yield connection
            finally:
                connection.close()
        else:
            connection = psycopg2.connect(dbname=DATABASE)
            try:
                with connection, connection.cursor() as cursor:
                    yield cursor
            finally:
                connection.close()

    def execute(self, sql: str, parameters: tuple[Any, ...] = ()) -> None:
        """Run a statement; parameters are written %s."""
        if self.target == "spark":
            self.query(sql, parameters)
            return
        with self.connection() as connection:
            self._execute(connection, sql, parameters)

    def query(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
        """The rows of a query, each with its columns' names."""
        if self.target == "spark":
            self.session.catalog.setCurrentDatabase(self.schema)
            rows = self.session.sql(sql.replace("%s", "?"), args=list(parameters)).collect()
            return [row.asDict() for row in rows]
        with self.connection() as connection:
            self._execute(connection, sql, parameters)
            names = [column[0] for column in connection.description]
            return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]

    def _execute(self, connection: Any, sql: str, parameters: tuple[Any, ...]) -> None:
        if self.target == "duckdb":
            connection.execute(sql.replace("%s", "?"), parameters)
        else:
            connection.execute(sql, parameters or None)

    def column_types(self, schema: str, table: str) -> dict[str, str]:
        """The data type of each column of a table."""
        found = self.query(
            """
            select column_name, data_type from information_schema.columns
            where table_schema = %s and table_name = %s
            """,
            (schema, table),
        )
        return {row["column_name"]: row["data_type"] for row in found}

    def load(self, table: str, rows: list[dict[str, Any]] | Path, columns: tuple[str, ...] = ()) -> None:
        """Replace a table by these rows (or those of a CSV file), all columns text; what a row leaves out is null."""
        if isinstance(rows, Path):
            with rows.open(encoding="utf-8", newline="") as file:
                rows = [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
        columns = columns or tuple(dict.fromkeys(name for row in rows for name in row))
        if self.target == "spark":
            values = [tuple(row.get(name) for name in columns) for row in rows]
            self.session.sql(f"create database if not exists {table.split('.', maxsplit=1)[0]}")
            frame = self.session.createDataFrame(values, ", ".join(f"{name} string" for name in columns))
            frame.write.mode("overwrite").saveAsTable(table)
            return
        with self.connection() as connection:
            schema = table.split(".", maxsplit=1)[0]
            connection.execute(f"create schema if not exists {schema}")
            connection.execute(f"drop table if exists {table} cascade")
            connection.execute(f"create table {table} ({', '.join(f'{name} text' for name in columns)})")
            values = [tuple(row.get(name) for name in columns) for row in rows]
            if not values:
                return
            if self.target == "duckdb":
                marks = ", ".join("?" for _ in columns)
                for start in range(0, len(values), 500):
                    part = values[start : start + 500]
                    connection.execute(
                        f"insert into {table} values {', '.join(f'({marks})' for _ in part)}",
                        [value for row in part for value in row],
                    )
            else:
                buffer = io.StringIO()
                csv.writer(buffer).writerows(
                    [["\\N" if value is None else value for value in row] for row in values]
                )
                buffer.seek(0)
                connection.copy_expert(f"copy {table} from stdin with (format csv, null '\\N')", buffer)

    def records(self, rows: list[dict[str, Any]] | Path) -> None:
        """Deliver these rows as raw_generic.records, in the record contract."""
        self.load("raw_generic.records", rows, RECORD_CONTRACT)

    def dbt(self, command: str, *arguments: str, vars: dict[str, Any] | None = None) -> Result:
        """Run a dbt command on the database, in this process."""
        given = GENERIC | (vars or {})
        # what is parsed is kept for the next project with the same vars
        target_path = self.directory.parent / f"target_{self.target}_{abs(hash(yaml.safe_dump(given))):x}"
        current = self.directory.parent / f"{DATABASE}.duckdb"
        before = dict(os.environ)
        os.environ.update({"IDR_DUCKDB_PATH": str(current), "PGDATABASE": DATABASE})
        if self.target == "duckdb" and self.file.exists():
            shutil.move(self.file, current)
        try:
            outcome = dbtRunner().invoke(
                ["--quiet", "--log-level", "none", *self._command(command, arguments, target_path, given)]
            )
        finally:
            if DuckDBConnectionManager._ENV is not None:
                DuckDBConnectionManager._ENV.close()
                DuckDBConnectionManager._ENV = None
            reset_adapters()
            os.environ.clear()
            os.environ.update(before)
            if self.target == "duckdb" and current.exists():
                shutil.move(current, self.file)
        results = getattr(outcome.result, "results", None) or []
        failures = {
            result.node.name: str(result.message)
            for result in results
            if result.status in ("error", "fail", "runtime error")
        }
        return Result(
            success=bool(outcome.success),
            failures=failures,
            error=str(outcome.exception or ""),
            statuses={result.node.name: str(result.status) for result in results},
            messages={result.node.name: str(result.message) for result in results},
            tables=[
                table for result in results if (table := getattr(result, "agate_table", None)) is not None
            ],
        )

    def start(self, command: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a dbt command on the database as a process of its own; its stdout, with stderr, is a pipe."""
        target_path = Path(tempfile.mkdtemp(prefix="target_", dir=self.directory))
        return subprocess.Popen(
            [
                str(Path(sys.executable).with_name("dbt")),
                *self._command(command, arguments, target_path, GENERIC),
            ],
            env=os.environ | {"IDR_DUCKDB_PATH": str(self.file), "PGDATABASE": DATABASE},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _command(
        self, command: str, arguments: tuple[str, ...], target_path: Path, given: dict[str, Any]
    ) -> list[str]:
        profiles = self.directory.parent / "profiles"
        profiles.mkdir(exist_ok=True)
        shutil.copy(ROOT / "profiles.example.yml", profiles / "profiles.yml")
        return [
            *(
                "--no-use-colors",
                "--no-send-anonymous-usage-stats",
                "--log-path",
                str(self.directory / "logs"),
            ),
            *("--no-write-json", command, "--target", self.target),
            *("--project-dir", str(ROOT), "--profiles-dir", str(profiles)),
            *("--target-path", str(target_path), "--vars", yaml.safe_dump(given), *arguments),
        ]

    def build(self, *arguments: str, vars: dict[str, Any] | None = None) -> Result:
        """`dbt build`; fails the test with what failed in it."""
        result = self.dbt("build", *arguments, vars=vars)
        assert result, result.failures or result.error
        return result

    def run(self, *arguments: str, vars: dict[str, Any] | None = None) -> Result:
        """`dbt run`; fails the test with what failed in it."""
        result = self.dbt("run", *arguments, vars=vars)
        assert result, result.failures or result.error
        return result

    def show(self, inline: str, vars: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query with Jinja in it, as `dbt show` gives them."""
        result = self.dbt("show", "--inline", inline, "--limit", "-1", vars=vars)
        assert result, result.failures or result.error
        (table,) = result.tables
        return [dict(zip(table.column_names, row, strict=True)) for row in table.rows]

    def keep_as(self, name: str, directory: Path) -> Path | str:
        """Keep the database as a template for others; returns what to give them as `template`."""
        if self.target == "duckdb":
            kept = directory / f"{name}.duckdb"
            shutil.copy(self.file, kept)
            return kept
        if self.target == "spark":
            # the next project keeps the seeds of this one's session
            return name
        with _server() as server:
            server.execute(f"drop database if exists {name} with (force)")
            server.execute(f"create database {name} template {DATABASE}")
        return name

    def restore(self, kept: Path | str) -> None:
        """Put a kept database in place of this one."""
        if self.target == "duckdb":
            shutil.copy(kept, self.file)
            return
        with _server() as server:
            server.execute(f"drop database {DATABASE} with (force)")
            server.execute(f"create database {DATABASE} template {kept}")


@contextlib.contextmanager
def _server():
    connection = psycopg2.connect(dbname=os.environ.get("PGDATABASE") or "postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
