"""docs/your-data.md, walked through: what it says is done in a copy of the project, and then there are customers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import psycopg2
import pytest
import yaml

from support.project import ROOT

PAGE = (ROOT / "docs/your-data.md").read_text(encoding="utf-8")
PROJECT = (
    "dbt_project.yml",
    "selectors.yml",
    "profiles.example.yml",
    "models",
    "macros",
    "seeds",
    "tests",
    "docs",
)
ROWS = [
    ("1001", "Jane Smith", "jane.smith@example.org", "415 555 2671", "2026-03-01"),
    ("1002", "Smith, Jane", "Jane.Smith@example.org", "+1 415 555 2671", "2026-03-02"),
    ("1003", "Ottilie Quandt", "ottilie@example.org", None, "2026-03-03"),
]


def block(language, containing):
    """The code block of the page in a language that contains a text."""
    blocks = [text for kind, text in re.findall(r"```(\w+)\n(.*?)```", PAGE, flags=re.S) if kind == language]
    return next(text for text in blocks if containing in text)


@pytest.fixture
def copy(tmp_path):
    """A copy of the project with what steps 1 to 3 of the page write."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in PROJECT:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    shutil.copy(folder / "profiles.example.yml", folder / "profiles.yml")
    staging = folder / "models/staging/billing"
    staging.mkdir()
    (staging / "stg_billing__accounts.sql").write_text(
        block("sql", "'billing' as source_system"), encoding="utf-8"
    )
    (staging / "_billing__sources.yml").write_text(block("yaml", "raw_billing"), encoding="utf-8")
    settings = yaml.safe_load(block("yaml", "stg_billing__accounts"))["vars"]
    project = (folder / "dbt_project.yml").read_text(encoding="utf-8")
    for name, value in settings.items():
        line = yaml.safe_dump({name: value}, default_flow_style=True, width=1_000).strip()[1:-1]
        project, count = re.subn(rf"^  {name}:.*(\n    - .*)*", f"  {line}", project, flags=re.M)
        assert count == 1, name
    (folder / "dbt_project.yml").write_text(project, encoding="utf-8")
    return folder


def run(folder, *command, environment):
    """Run a command of the page in the copy; returns its output."""
    program = Path(sys.executable).with_name(command[0])
    process = subprocess.run(
        [program, *command[1:]],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout[-3_000:] + process.stderr[-3_000:]
    return process.stdout


CREATE = (
    "create schema raw_billing",
    "create table raw_billing.accounts (account_no text, holder text, mail text, tel text, updated text)",
)
QUERIES = (
    "select full_name, record_count from golden_customers order by record_count desc",
    "select count(*) from information_schema.schemata where schema_name in ('raw_crm', 'raw_shop', 'raw_support')",
)
CUSTOMERS = [("Jane Smith", 2), ("Ottilie Quandt", 1)]


def test_on_duckdb(copy):
    path = copy / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in CREATE:
            connection.execute(statement)
        connection.executemany("insert into raw_billing.accounts values (?, ?, ?, ?, ?)", ROWS)
    environment = {"IDR_DUCKDB_PATH": str(path)}
    assert "1 identity source" in run(copy, "idr", "check", environment=environment)
    run(copy, "dbt", "build", environment=environment)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute(QUERIES[0]).fetchall() == CUSTOMERS
        assert connection.execute(QUERIES[1]).fetchall() == [(0,)], "the demo was loaded"


def test_on_postgres(copy, postgres_server):
    name = "idr_your_data"
    server = psycopg2.connect(dbname="postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"drop database if exists {name} with (force)")
        cursor.execute(f"create database {name}")
    try:
        with psycopg2.connect(dbname=name) as connection, connection.cursor() as cursor:
            for statement in CREATE:
                cursor.execute(statement)
            cursor.executemany("insert into raw_billing.accounts values (%s, %s, %s, %s, %s)", ROWS)
        connection.close()
        run(copy, "dbt", "build", "--target", "postgres", environment={"PGDATABASE": name})
        with psycopg2.connect(dbname=name) as connection, connection.cursor() as cursor:
            cursor.execute(QUERIES[0])
            assert cursor.fetchall() == CUSTOMERS
            cursor.execute(QUERIES[1])
            assert cursor.fetchall() == [(0,)], "the demo was loaded"
        connection.close()
    finally:
        with server.cursor() as cursor:
            cursor.execute(f"drop database if exists {name} with (force)")
        server.close()
