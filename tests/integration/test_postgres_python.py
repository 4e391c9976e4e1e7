"""A Postgres server with plpython3u (from Debian's packages) runs the project's Python functions, to the same results."""

import contextlib
import os
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

import jellyfish
import pytest

from integration.test_engine_functions import make_name_pairs, make_names
from integration.test_engines_agree import hashes
from support.project import DEMO, Project


def find_server():
    """The folder of a server's programs that has plpython3u, whose Python has jellyfish; none if there is none."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        extension = Path("/usr/share/postgresql") / folder.parent.name / "extension/plpython3u.control"
        has_jellyfish = subprocess.run(
            ["/usr/bin/python3", "-c", "import jellyfish"], capture_output=True, check=False
        )
        if extension.exists() and has_jellyfish.returncode == 0:
            return folder
    return None


PROGRAMS = find_server()
pytestmark = pytest.mark.skipif(
    PROGRAMS is None, reason="no Postgres server with plpython3u and jellyfish is installed"
)


@contextlib.contextmanager
def environment(**settings):
    """Variables of the environment, as long as the block runs."""
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="module")
def server():
    """A server of these packages; where the tests run as root, as the user postgres."""
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="idr_pgpy_"))
    if user:
        shutil.chown(folder, "postgres", "postgres")

    def run(program, *arguments):
        subprocess.run(
            [str(PROGRAMS / program), *arguments], check=True, capture_output=True, cwd=folder, **user
        )

    run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        with environment(PGHOST=str(folder), PGUSER="postgres", PGPASSWORD="", PGDATABASE="postgres"):
            yield
    finally:
        run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def project(server, tmp_path_factory):
    """The seeded project on that server, in a database with the language."""
    with Project("postgres", tmp_path_factory.mktemp("pgpy")) as project:
        project.execute("create extension plpython3u")
        result = project.dbt("seed")
        assert result, result.failures or result.error
        yield project


def test_similarity_is_in_python(project):
    rows = project.query(
        """select lanname from pg_proc inner join pg_language on prolang = pg_language.oid
        where proname = 'idr_jaro_winkler'"""
    )
    assert [row["lanname"] for row in rows] == ["plpython3u"]


def test_metaphone_is_jellyfish(project):
    names = make_names(100_000)
    project.load("public.words", [{"word": name} for name in names])
    rows = project.query("select word, idr_metaphone(word) as code from words")
    assert len(rows) == len(names)
    assert {r["word"]: r["code"] for r in rows if r["code"] != jellyfish.metaphone(r["word"])} == {}
    others = project.query(
        "select idr_metaphone(w) as code from (values ('müller'), ('two words'), ('Upper')) as v (w)"
    )
    assert [row["code"] for row in others] == [None, None, None]


def test_jaro_winkler_is_jellyfish(project):
    """As the one of PL/pgSQL is DuckDB's, and that is jellyfish's."""
    pairs = make_name_pairs()
    random.Random(3).shuffle(pairs)
    project.load("public.pairs", [{"n": str(n), "a": a, "b": b} for n, (a, b) in enumerate(pairs)])
    rows = project.query(
        "select n, idr_jaro_winkler(coalesce(a, ''), coalesce(b, '')) as similarity from pairs"
    )
    found = {int(row["n"]): row["similarity"] for row in rows}
    wrong = {
        pair: found[n]
        for n, pair in enumerate(pairs)
        if all(pair) and abs(found[n] - jellyfish.jaro_winkler_similarity(*pair)) > 1e-9
    }
    assert wrong == {}


def test_demo_has_the_same_hashes(project, make_project):
    assert project.dbt("seed", "--select", "tag:demo", vars=DEMO)
    project.run(vars=DEMO)
    with make_project("duckdb") as duckdb:
        assert duckdb.dbt("seed", "--select", "tag:demo", vars=DEMO)
        duckdb.run(vars=DEMO)
        assert hashes(project) == hashes(duckdb)
