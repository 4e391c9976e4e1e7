"""What the check of the configuration reads off the project's files is what the project is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from identity_resolution.config.project import Project

ROOT = Path(__file__).parents[2]
RECORD_CONTRACT = (
    "source_system, source_record_id, full_name, first_name, middle_name, last_name, email, phone, date_of_birth, gender, "
    "street, city, state, postal_code, country, company, job_title, national_id, updated_at"
)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A DuckDB file in which the models down to the record features stand, without rows."""
    folder = tmp_path_factory.mktemp("facts")
    shutil.copy(ROOT / "profiles.example.yml", folder / "profiles.yml")
    path = folder / "facts.duckdb"
    with duckdb.connect(path) as connection:
        columns = ", ".join(f"{column.strip()} text" for column in RECORD_CONTRACT.split(","))
        connection.execute(f"create schema raw_generic; create table raw_generic.records ({columns})")
    dbt = Path(sys.executable).with_name("dbt")
    arguments = [
        *("--quiet", "--log-path", folder / "logs", "build", "--empty", "--target", "duckdb"),
        *("--select", "+int_record_features", "--exclude-resource-type", "test", "unit_test"),
        *("--vars", "{identity_sources: [stg_generic__records], activity_sources: []}"),
        *("--project-dir", ROOT, "--profiles-dir", folder, "--target-path", folder / "target"),
    ]
    environment = {**os.environ, "IDR_DUCKDB_PATH": str(path)}
    process = subprocess.run([dbt, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout + process.stderr
    return path


def test_feature_columns_are_those_of_the_model(database):
    with duckdb.connect(database, read_only=True) as connection:
        built = connection.execute(
            """select column_name from duckdb_columns()
            where table_name = 'int_record_features' and not ends_with(column_name, '_version') order by column_index"""
        ).fetchall()
    assert Project(ROOT).feature_columns == tuple(name for (name,) in built)
