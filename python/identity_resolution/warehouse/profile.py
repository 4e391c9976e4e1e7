"""The target of a dbt profile, as far as the tools need it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from identity_resolution.config.command import find_project
from identity_resolution.config.project import PROJECT_FILE, PROJECT_NAME, read_text, read_yaml
from identity_resolution.errors import UserError

NEEDED = {
    "duckdb": ("schema", "path"),
    "postgres": ("schema", "host", "port", "user", "dbname"),
}
ENGINES = tuple(NEEDED)


@dataclass(frozen=True)
class Target:
    """A target of the project's profile.

    raw holds the settings as the file has them, with their `env_var` calls: what a copy of the profile is made of, so
    that no secret is ever written. settings holds the values.
    """

    name: str
    project_dir: Path
    raw: dict[str, Any]
    settings: dict[str, Any]

    @property
    def engine(self) -> str:
        """The type of the database."""
        return str(self.settings["type"])

    @property
    def schema(self) -> str:
        """The schema of the marts."""
        return str(self.settings["schema"])

    def with_schema(self, schema: str) -> "Target":
        """The same target with its models in schemas whose names begin with another word."""
        return Target(
            self.name, self.project_dir, {**self.raw, "schema": schema}, {**self.settings, "schema": schema}
        )


def read_target(name: str | None, project_dir: Path | None = None) -> Target:
    """The target `name`, or the profile's default one, of profiles.yml (else profiles.example.yml) of the project.

    Raises UserError if there is no project, no such target, or its settings cannot be read.
    """
    folder = find_project(project_dir).resolve()
    if not (folder / PROJECT_FILE).is_file():
        raise UserError(
            f"no {PROJECT_FILE} in {folder} or above; name the project's folder with --project-dir"
        )
    path = next(
        (folder / file for file in ("profiles.yml", "profiles.example.yml") if (folder / file).is_file()),
        None,
    )
    if path is None:
        raise UserError(f"no profiles.yml in {folder}; copy profiles.example.yml")
    profiles = read_yaml(read_text(path, path.name), path.name)
    profile = profiles.get(PROJECT_NAME) if isinstance(profiles, dict) else None
    if not isinstance(profile, dict) or not isinstance(profile.get("outputs"), dict):
        raise UserError(f"{path.name}: no profile {PROJECT_NAME} with outputs")
    name = name or str(_rendered(profile.get("target", "default"), path.name))
    if name not in profile["outputs"]:
        raise UserError(f"{path.name}: no target {name}; there are: {', '.join(profile['outputs'])}")
    raw = profile["outputs"][name]
    if not isinstance(raw, dict):
        raise UserError(f"{path.name}: target {name} has no settings")
    settings = {key: _rendered(value, path.name) for key, value in raw.items()}
    if settings.get("type") not in ENGINES:
        raise UserError(
            f"{path.name}: target {name} has type {settings.get('type')}; allowed: {', '.join(ENGINES)}"
        )
    missing = [key for key in NEEDED[settings["type"]] if settings.get(key) in (None, "")]
    if missing:
        raise UserError(f"{path.name}: target {name} lacks {', '.join(missing)}")
    return Target(name, folder, raw, settings)


def _rendered(value: Any, where: str) -> Any:
    if not isinstance(value, str) or "{{" not in value:
        return value
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 (no HTML)
    environment.filters |= {"as_number": int, "as_bool": bool, "as_native": str, "as_text": str}

    def env_var(name: str, default: str | None = None) -> str:
        if name not in os.environ and default is None:
            raise UserError(f"{where}: the environment variable {name} is not set")
        return os.environ.get(name, default or "")

    try:
        return environment.from_string(value).render(env_var=env_var)
    except (TemplateError, ValueError) as error:
        raise UserError(f"{where}: {error}") from None
