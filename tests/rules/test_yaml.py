"""The project's YAML against the schemas that dbt ships: dbt itself passes over a misspelt key on DuckDB and Postgres."""

import json
from pathlib import Path

import pytest
import yaml
from dbt.jsonschemas import JSONSCHEMAS_PATH
from dbt.jsonschemas.jsonschemas import CustomDraft7Validator
from jsonschema.exceptions import best_match

ROOT = Path(__file__).parents[2]
RESOURCES = sorted(
    path
    for folder in ("models", "seeds", "macros", "tests")
    for pattern in ("*.yml", "*.yaml")
    for path in (ROOT / folder).rglob(pattern)
)


@pytest.fixture(scope="module")
def validators():
    """dbt's schemas of a properties file and of dbt_project.yml."""
    folder = Path(JSONSCHEMAS_PATH)
    newest_project = max(
        (folder / "project").glob("*.json"), key=lambda path: [int(n) for n in path.stem.split(".")]
    )
    return {
        "resources": CustomDraft7Validator(json.loads((folder / "resources/latest.json").read_text())),
        "project": CustomDraft7Validator(json.loads(newest_project.read_text())),
    }


def faults(validator, text):
    """The place and the message of each fault."""
    found = (best_match([error]) for error in validator.iter_errors(yaml.safe_load(text)))
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("path", RESOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_properties_file(validators, path):
    assert faults(validators["resources"], path.read_text()) == []


def test_project_file(validators):
    text = (ROOT / "dbt_project.yml").read_text()
    # dbt's schema knows dbt's own materializations
    for own in ("kept", "delta", "ledger"):
        assert (ROOT / "macros/materializations" / f"{own}.sql").exists()
        text = text.replace(f"+materialized: {own}", "+materialized: table")
    assert faults(validators["project"], text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("models: [{name: a, colums: []}]", "colums"),
        ("models: [{name: a, config: {materialised: table}}]", "materialised"),
        ("models: [{name: a, columns: [{name: b, descrption: c}]}]", "descrption"),
        (
            "models: [{name: a, columns: [{name: b, data_tests: [{accepted_values: {values: [1]}}]}]}]",
            "values",
        ),
        ("unit_tests: [{name: a, model: b, given: [{inptu: c}], expect: {rows: []}}]", "inptu"),
        ("modles: [{name: a}]", "modles"),
    ],
)
def test_misspelt_key_is_found(validators, text, key):
    assert key in "\n".join(faults(validators["resources"], text))
