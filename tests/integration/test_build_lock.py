"""Two builds at once: the second stops. A build that was killed leaves nothing in the way of the next one."""

import contextlib
import re
import subprocess
import sys

import psycopg2
import pytest
from typer.testing import CliRunner

from identity_resolution.cli import app
from identity_resolution.errors import FailedWorkError, UserError
from identity_resolution.warehouse import build_lock
from identity_resolution.warehouse.database import open_database
from identity_resolution.warehouse.dbt import run_dbt
from integration.test_evaluation import target_of
from integration.test_lasting_identity import ANN, STRANGER, record
from support.project import DATABASE, GENERIC, ROOT

TIME = r"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(\d+:\d\d:\d\d\)"
REFUSED = rf"another build is writing to the schema public: \S+@\S+, process \d+, {TIME}\. .*idr unlock --target postgres"
FILE_REFUSED = rf"\.duckdb is open in another process: python\S* of \S+, process \d+, {TIME}\. "
# where a build is killed: in its midst, and before and after the state of customer ids is written
PLACES = ("int_compared_pairs", "int_customer_assignments", "golden_customers")


@pytest.fixture
def only_postgres(target):
    if target != "postgres":
        pytest.skip("a DuckDB file has one process at a time")


@contextlib.contextmanager
def held(schema="public"):
    """The lock of a schema, held by somebody else."""
    connection = psycopg2.connect(dbname=DATABASE)
    try:
        assert build_lock.take(connection, schema, "f00df00d-0000") is None
        yield
    finally:
        connection.close()


def tables(project):
    """Every relation with what changes when it is written."""
    return project.query(
        "select oid, relname, relfilenode, xmin::text from pg_class where relnamespace::regnamespace::text like 'public%' order by oid"
    )


def content(project):
    customers = project.query("select record_key, customer_id from customer_crosswalk order by 1")
    golden = project.query(
        "select customer_id, full_name, email, record_count from golden_customers order by 1"
    )
    events = project.query(
        "select event_type, customer_id, other_customer_id from identity_history order by 1, 2, 3"
    )
    return customers, golden, events


def first_records(project):
    project.records([record("crm", 1, ANN), record("shop", 1, STRANGER)])


def second_records(project):
    project.records([record("crm", 1, ANN), record("shop", 1, ANN), record("support", 1, STRANGER)])


def wait_for(process, name):
    """Until the log says that the model is begun."""
    for line in process.stdout:
        if "START" in line and line.split("START")[1].split(" [")[0].rstrip(". ").endswith(f".{name}"):
            return
    raise AssertionError(f"{name} was never begun")


def test_a_second_build_stops_before_anything_is_written(project, only_postgres):
    first_records(project)
    project.run()
    second_records(project)
    before = tables(project)
    with held():
        for command in ("run", "build", "seed"):
            result = project.dbt(command)
            assert not result
            assert re.search(REFUSED, result.error), result.error
            assert result.error.count("\n") == 1, "one line after dbt's own heading"
        assert not project.dbt("run", "--empty")
        assert tables(project) == before
        # what writes nothing is not stopped
        assert project.dbt("compile")
        assert project.dbt("test", "--select", "customer_crosswalk")
    with held("another_schema"):
        project.run()
    assert len(content(project)[0]) == 3
    project.run("--empty", "--select", "stg_generic__records")


def test_the_first_build_of_an_empty_database(project, only_postgres):
    project.execute("drop schema public cascade")
    with held():
        assert "another build" in project.dbt("run", "--select", "stg_generic__records").error
    assert not project.query("select * from pg_namespace where nspname = 'public'")
    first_records(project)
    project.run("--select", "stg_generic__records")


def test_a_build_that_fails_gives_the_lock_back(project, only_postgres):
    result = project.dbt("run")
    assert "raw_generic.records" in result.error, "stopped at the start"
    first_records(project)
    project.execute("drop table public_rules.class_rates cascade")
    assert project.dbt("run").failures
    with open_database(target_of(project)) as database:
        assert database.build_owner() is None


def test_tools_tell_it_in_one_line(project, only_postgres, tmp_path):
    with held(), pytest.raises(FailedWorkError) as stopped:
        run_dbt(target_of(project), tmp_path, ["run"], GENERIC, "pairs")
    assert re.fullmatch(rf"dbt run failed: {REFUSED}", str(stopped.value)), stopped.value


def test_every_role_sees_owner_and_age(project, only_postgres):
    project.execute("drop role if exists idr_reader")
    project.execute("create role idr_reader")
    try:
        with held(), project.connection() as cursor:
            cursor.execute("set local role idr_reader")
            cursor.execute(build_lock.HOLDER, ("public",))
            assert re.search(TIME, str(build_lock.owner_of(cursor.fetchone())))
            (number,) = (row["pid"] for row in project.query(build_lock.HOLDER, ("public",)))
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(build_lock.END, ("public", number))
    finally:
        project.execute("drop role idr_reader")


def test_unlock(project, only_postgres, monkeypatch):
    monkeypatch.setenv("PGDATABASE", DATABASE)
    command = ["unlock", "--target", "postgres", "--project-dir", str(ROOT)]
    result = CliRunner().invoke(app, command)
    assert (result.exit_code, "nothing to unlock" in result.output) == (0, True)
    with held():
        result = CliRunner().invoke(app, command, input="n\n")
        assert result.exit_code == 1
        assert re.search(
            rf"A build is writing to the schema public: \S+, process \d+, {TIME}\.", result.output
        )
        assert "another build" in project.dbt("seed").error
        result = CliRunner().invoke(app, [*command, "--yes"])
        assert (result.exit_code, "The lock is free." in result.output) == (0, True), result.output
        assert project.dbt("seed", "--select", "class_rates")


def test_a_build_that_lost_its_lock_stops_at_its_next_model(project, only_postgres):
    first_records(project)
    process = project.start("run")
    wait_for(process, "int_compared_pairs")
    with open_database(target_of(project)) as database:
        database.end_build_lock(database.build_owner())
    with held():
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "another build is writing to the schema public" in output
    assert not project.query("select * from pg_class where relname = 'int_customer_assignments'")


def test_of_two_builds_at_once_one_is_done(project):
    first_records(project)
    builds = [project.start("run"), project.start("run")]
    outputs = [build.communicate(timeout=120)[0] for build in builds]
    assert sorted(build.returncode for build in builds) == [0, 2], outputs
    refused = outputs[0] if builds[0].returncode else outputs[1]
    assert re.search(REFUSED if project.target == "postgres" else FILE_REFUSED, refused), refused
    assert "Traceback" not in refused
    assert len(content(project)[0]) == 2


def test_a_build_that_was_killed_is_run_again(make_project, target):
    with make_project(target) as project:
        first_records(project)
        project.run()
        second_records(project)
        project.run()
        expected = content(project)
    assert expected[2], "the ids of some customer change"
    with make_project(target) as project:
        first_records(project)
        project.run()
        second_records(project)
        for place in PLACES:
            process = project.start("run")
            wait_for(process, place)
            process.kill()
            process.communicate(timeout=60)
        # not in this process, where a DuckDB file is moved without what a killed process has left beside it
        process = project.start("run")
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, output
        assert content(project) == expected


def test_a_file_in_use_is_told_in_one_line(project, tmp_path):
    if project.target != "duckdb":
        pytest.skip("DuckDB only")
    code = f"import duckdb, sys; c = duckdb.connect({str(project.file)!r}); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(UserError) as stopped:
            open_database(target_of(project), read_only=True)
        assert re.search(FILE_REFUSED, str(stopped.value))
        assert f"process {holder.pid}," in str(stopped.value)
        with pytest.raises(FailedWorkError) as stopped:
            run_dbt(target_of(project), tmp_path, ["run"], GENERIC, "pairs")
        assert re.search(rf"dbt run failed: .*{FILE_REFUSED}", str(stopped.value))
    finally:
        holder.communicate("")
