"""The marts of a DuckDB build are published as a whole, to a folder and to a Postgres schema."""

import shutil

import duckdb
import pytest
from typer.testing import CliRunner

from identity_resolution.cli import app
from identity_resolution.errors import FailedWorkError
from identity_resolution.publishing.publish import publish_folder, publish_postgres
from identity_resolution.warehouse.database import open_database
from integration.test_evaluation import target_of
from support.project import ROOT

RECORDS = [
    {"source_system": "crm", "source_record_id": "1", "full_name": "Ann O'Neil", "email": "ann@example.org"},
    {"source_system": "shop", "source_record_id": "7", "full_name": "Ann O'Neil", "email": "ann@example.org"},
    {
        "source_system": "shop",
        "source_record_id": "8",
        "full_name": 'Bo "Bobby" Ek',
        "date_of_birth": "1980-02-03",
    },
]


@pytest.fixture(scope="module")
def built(make_project):
    with make_project("duckdb") as project:
        project.records(RECORDS)
        project.run()
        yield project


@pytest.fixture
def database(built):
    with open_database(target_of(built), read_only=True) as opened:
        yield opened


def test_folder_holds_the_last_build_and_the_one_before(database, tmp_path):
    folder = tmp_path / "it's published"
    for _ in range(3):
        counts = dict(publish_folder(database, folder))
    assert counts["golden_customers"] == 2
    assert counts["customer_crosswalk"] == 3
    assert sorted(path.stem for path in (folder / "current").iterdir()) == sorted(counts)
    assert len([path for path in folder.iterdir() if not path.is_symlink()]) == 2
    file = str(folder / "current/golden_customers.parquet").replace("'", "''")
    names = duckdb.sql(f"select full_name from '{file}' order by 1").fetchall()
    assert names == [("Ann O'Neil",), ("Bo Ek",)]


def test_a_publishing_that_fails_leaves_the_one_before(database, tmp_path):
    publish_folder(database, tmp_path)
    before = (tmp_path / "current").resolve()

    def fail(mart):
        if mart == "identity_edges":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_folder(database, tmp_path, fail)
    assert (tmp_path / "current").resolve() == before
    assert len(list(before.iterdir())) > 10
    database.execute("rollback")
    publish_folder(database, tmp_path)
    assert not list(tmp_path.glob(".new-*"))


def test_postgres_tables_are_replaced_and_stay_readable(database, make_project):
    with make_project("postgres") as server:
        target = target_of(server)
        publish_postgres(database, target, "bi")
        server.execute("drop role if exists idr_reader")
        server.execute("create role idr_reader")
        try:
            server.execute("grant select on bi.golden_customers to idr_reader")
            counts = dict(publish_postgres(database, target, "bi"))
            for mart in (
                "golden_customers",
                "golden_customer_lineage",
                "customer_crosswalk_history",
                "identity_edges",
            ):
                here = database.execute(f"select * from {mart}")
                there = [tuple(row.values()) for row in server.query(f"select * from bi.{mart}")]
                assert len(there) == counts[mart]
                assert sorted(map(repr, there)) == sorted(map(repr, here)), mart
            allowed = server.query(
                "select has_table_privilege('idr_reader', 'bi.golden_customers', 'select') as may"
            )
            assert allowed == [{"may": True}]
            server.execute("create view bi.names as select full_name from bi.golden_customers")
            with pytest.raises(FailedWorkError, match="cannot drop table"):
                publish_postgres(database, target, "bi")
            assert len(server.query("select * from bi.names")) == 2
            assert not server.query(
                "select 1 from pg_tables where schemaname = 'bi' and tablename like '%%\\_\\_new'"
            )
        finally:
            server.execute("drop owned by idr_reader; drop role idr_reader")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name either --folder or --into"),
        (["--folder", "x", "--into", "postgres"], "name either --folder or --into"),
        (["--into", "duckdb"], "its type is duckdb"),
        (["--into", "nowhere"], "nowhere"),
    ],
)
def test_a_wrong_destination_is_one_line(arguments, message):
    outcome = CliRunner().invoke(
        app, ["publish", *arguments, "--target", "duckdb", "--project-dir", str(ROOT)]
    )
    assert outcome.exit_code == 2
    assert message in outcome.output
    assert len(outcome.output.strip().splitlines()) == 1


def test_a_database_without_marts_is_one_line(tmp_path, monkeypatch):
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    monkeypatch.setenv("IDR_DUCKDB_PATH", str(tmp_path / "empty.duckdb"))
    outcome = CliRunner().invoke(
        app, ["publish", "--folder", str(tmp_path / "out"), "--target", "duckdb", "--project-dir", str(ROOT)]
    )
    assert outcome.exit_code == 2
    assert "no marts yet" in outcome.output
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
