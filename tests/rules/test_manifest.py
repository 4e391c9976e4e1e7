"""Rules that every model keeps, checked on dbt's manifest. Exceptions stand in manifest_exceptions.csv, with a reason."""

import csv
import json
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner

ROOT = Path(__file__).parents[2]
EXCEPTIONS = Path(__file__).with_name("manifest_exceptions.csv")
LAYERS = ("staging", "intermediate", "marts")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    """The manifest of the project as it ships, on the default target."""
    folder = tmp_path_factory.mktemp("manifest")
    shutil.copy(ROOT / "profiles.example.yml", folder / "profiles.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IDR_DUCKDB_PATH", ":memory:")
        result = dbtRunner().invoke(
            [
                *("--quiet", "--no-partial-parse", "--log-path", str(folder / "logs")),
                *("parse", "--target", "duckdb", "--target-path", str(folder)),
                *("--project-dir", str(ROOT), "--profiles-dir", str(folder)),
            ]
        )
    assert result.success, result.exception
    return json.loads((folder / "manifest.json").read_text())


@pytest.fixture(scope="module")
def models(manifest):
    """The enabled models by name."""
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


def layer(model):
    """The folder directly under models/ that a model stands in."""
    return Path(model["original_file_path"]).parts[1]


def code(model):
    """The model as it is written, without comments."""
    return re.sub(r"\{#.*?#\}|/\*.*?\*/|--[^\n]*", "", model["raw_code"], flags=re.DOTALL)


def assert_none(check, faults):
    """No fault but those that are listed as exceptions, and no exception without its fault."""
    with EXCEPTIONS.open(newline="") as file:
        excepted = {row["name"] for row in csv.DictReader(file) if row["check"] == check}
    unexpected = [f"{name}: {what}" for name, what in sorted(faults.items()) if name not in excepted]
    assert not unexpected, "\n".join(["", *unexpected])
    stale = sorted(excepted - faults.keys())
    assert not stale, f"no exception is needed any more from {check}: {', '.join(stale)}"


def test_exceptions_have_a_reason():
    with EXCEPTIONS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    checks = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    for row in rows:
        assert row["check"] in checks, f"no such check: {row['check']}"
        assert row["reason"].strip(), f"an exception without a reason: {row['name']}"


def test_layers_are_all_there(models):
    assert {layer(model) for model in models.values()} == set(LAYERS)


def test_description_says_the_grain(models):
    faults = {
        name: "its description does not say what one row is (One row per …)"
        for name, model in models.items()
        if not re.search(r"\bOne row per \w", model["description"])
    }
    assert_none("description_says_the_grain", faults)


def test_key_is_tested(manifest, models):
    tested = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") in {"unique", "unique_combination"}
    }
    faults = {
        name: "no column is tested as unique, and no columns as a unique_combination"
        for name, model in models.items()
        if model["unique_id"] not in tested
    }
    assert_none("key_is_tested", faults)


def test_name_tells_the_layer(models):
    patterns = {
        "staging": r"stg_[a-z0-9_]+__[a-z0-9_]+",
        "intermediate": r"int_[a-z0-9_]+",
        "marts": r"(?!stg_|int_)[a-z0-9_]+",
    }
    faults = {
        name: f"a model in {layer(model)} is named {patterns[layer(model)]}"
        for name, model in models.items()
        if not re.fullmatch(patterns[layer(model)], name)
    }
    assert_none("name_tells_the_layer", faults)


JINJA = "_jinja_"


def tables_read_by_name(sql):
    """The relations in `from` and `join` that are neither Jinja, nor a CTE of the model, nor a table function."""
    sql = re.sub(r"\{%.*?%\}", " ", sql, flags=re.DOTALL)
    sql = re.sub(r"\{\{.*?\}\}", JINJA, sql, flags=re.DOTALL)
    sql = re.sub(r"'[^']*'", "''", sql).lower()
    # "from" that belongs to an operator or a function
    sql = re.sub(r"\bdistinct\s+from\b", " ", sql)
    sql = re.sub(r"\b(extract|substring|trim|overlay)\s*\(([^()]*?)\bfrom\b", r"\1(\2", sql)
    common = set(re.findall(r"(\w+)\s+as\s+(?:not\s+)?(?:materialized\s*)?\(", sql))
    read = re.findall(r"\b(?:from|join)\s+(?:lateral\s+)?([\w\".]+)(?!\w|\s*\()", sql)
    return {name for name in read if name != JINJA and name not in common}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("with a as (select 1) select * from a", set()),
        ("select * from {{ ref('a') }} join {{ source('b', 'c') }} as c on true", set()),
        ("select * from raw_crm.contacts", {"raw_crm.contacts"}),
        ("with a as (select 1) select * from a inner join contacts as c on true", {"contacts"}),
        ("with rest_{{ n }} as (select 1) select * from rest_{{ m }}", set()),
        ("with a as (select 1) select extract(year from b), c is distinct from d, ' from x' from a", set()),
        ("select * from generate_series(1, 10) as n", set()),
        ('select * from "main"."contacts"', {'"main"."contacts"'}),
    ],
)
def test_tables_read_by_name_are_found(sql, expected):
    assert tables_read_by_name(sql) == expected


def test_tables_are_read_by_ref_or_source(models):
    faults = {
        name: f"reads {', '.join(sorted(found))} by name, not by ref or source"
        for name, model in models.items()
        if (found := tables_read_by_name(code(model)))
    }
    assert_none("tables_are_read_by_ref_or_source", faults)


def test_sources_are_read_in_staging_only(models):
    faults = {
        name: "reads a source; only the staging layer does"
        for name, model in models.items()
        if layer(model) != "staging"
        and any(node.startswith("source.") for node in model["depends_on"]["nodes"])
    }
    assert_none("sources_are_read_in_staging_only", faults)


def test_arrows_point_down(models):
    by_id = {model["unique_id"]: model for model in models.values()}
    faults = defaultdict(str)
    for name, model in models.items():
        for above in model["depends_on"]["nodes"]:
            if above in by_id and LAYERS.index(layer(by_id[above])) > LAYERS.index(layer(model)):
                faults[name] = (
                    f"is in {layer(model)} and reads {by_id[above]['name']} of {layer(by_id[above])}"
                )
    assert_none("arrows_point_down", faults)


def test_mart_has_a_contract(models):
    faults = {}
    for name, model in models.items():
        if layer(model) != "marts":
            continue
        wanting = [
            column["name"]
            for column in model["columns"].values()
            if not column["description"].strip() or not column["data_type"]
        ]
        if not model["contract"]["enforced"]:
            faults[name] = "its contract is not enforced"
        elif not model["columns"] or wanting:
            faults[name] = f"columns without description or data_type: {', '.join(wanting) or 'all'}"
    assert_none("mart_has_a_contract", faults)


FORBIDDEN = {
    "engine_is_not_asked_for": (
        LAYERS,
        r"\btarget\s*\.\s*type\b|\badapter\s*\.\s*type\b|\badapter\.dispatch\b",
    ),
    "nothing_is_read_at_compile_time": (
        LAYERS,
        r"\brun_query\b|\bstatement\s*\(|\bload_result\b|\bdbt_utils\b",
    ),
    "no_clock_in_marts": (
        ("marts",),
        r"\b(?:current_timestamp|current_date|localtimestamp|getdate|now|today)\b|\brun_started_at\b",
    ),
}


@pytest.mark.parametrize("check", FORBIDDEN)
def test_forbidden(models, check):
    layers, pattern = FORBIDDEN[check]
    faults = {
        name: f"has {found[0]}"
        for name, model in models.items()
        if layer(model) in layers and (found := re.search(pattern, re.sub(r"'[^']*'", "''", code(model))))
    }
    assert_none("forbidden", {f"{check}.{name}": what for name, what in faults.items()})


def test_engines_differ_in_macros_engine_only(manifest):
    faults = {
        macro["name"]: f"{macro['original_file_path']} asks for the engine; only macros/engine does"
        for macro in manifest["macros"].values()
        if macro["package_name"] == "identity_resolution"
        and not macro["original_file_path"].startswith("macros/engine/")
        and re.search(FORBIDDEN["engine_is_not_asked_for"][1], macro["macro_sql"])
    }
    assert_none("engines_differ_in_macros_engine_only", faults)


def test_engine_macros_are_documented():
    names = {
        name
        for path in (ROOT / "macros").rglob("*.sql")
        for name in re.findall(r"adapter\.dispatch\('(\w+)'", path.read_text())
    }
    listed = set(
        re.findall(
            r"`(\w+)`", (ROOT / "docs/engines.md").read_text().split("| without it |")[1].split("\n\n")[0]
        )
    )
    assert names == listed
