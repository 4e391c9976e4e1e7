"""Profiles that are wrong: one line that says what is missing, never a stack trace."""

import pytest

from identity_resolution.config.project import read_yaml
from identity_resolution.errors import UserError
from identity_resolution.warehouse.dbt import _reason
from identity_resolution.warehouse.profile import read_target

OUTPUT = "identity_resolution: {target: duckdb, outputs: {duckdb: "

WRONG = [
    ("[a, b]", "profiles.yml: no profile identity_resolution with outputs"),
    ("identity_resolution: 3", "profiles.yml: no profile identity_resolution with outputs"),
    (OUTPUT + "}}", "profiles.yml: target duckdb has no settings"),
    (OUTPUT + "{type: duckdb, schema: main}}}", "profiles.yml: target duckdb lacks path"),
    (OUTPUT + "{type: duckdb, path: x.duckdb}}}", "profiles.yml: target duckdb lacks schema"),
    (
        OUTPUT + "{type: postgres, schema: public}}}",
        "profiles.yml: target duckdb lacks host, port, user, dbname",
    ),
    (OUTPUT + "{type: duckdb, schema: main, path: \"{{ env_var('X' }}\"}}}", "profiles.yml: "),
    (OUTPUT + "{type: duckdb, schema: main, path: {{ x }}}}}", "a key that is no word"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_profile_is_one_line(tmp_path, text, message):
    (tmp_path / "dbt_project.yml").write_text("name: identity_resolution\n", encoding="utf-8")
    (tmp_path / "profiles.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_target(None, tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unquoted_jinja_in_yaml_is_named():
    with pytest.raises(UserError, match="must stand in quotes"):
        read_yaml("a: {{ b }}", "dbt_project.yml")


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ([], ""),
        (
            ["a warning of Python", "Failure in model x (x.sql)", "could not cast"],
            "Failure in model x (x.sql) could not cast",
        ),
        (
            ["Failure in model x", "Could not convert string 'jane@doe.example' to INT32"],
            "Failure in model x Could not convert string '…' to INT32",
        ),
        (
            ["Failure in model x", 'invalid input syntax for type integer: "Jane"'],
            "Failure in model x invalid input syntax for type integer: '…'",
        ),
    ],
)
def test_the_reason_of_a_failed_run_holds_no_value(faults, reason):
    assert _reason(faults) == reason
