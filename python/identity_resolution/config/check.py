"""The check of a whole configuration: vars of the project and of the command line, and rule seeds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from identity_resolution.config.faults import ConfigurationError, Fault, shown, suggestion
from identity_resolution.config.project import PROJECT_NAME, Project, read_yaml
from identity_resolution.config.seeds import seed_faults
from identity_resolution.config.settings import Settings

# vars that are lists of named things, each with the key that names one
NAMED = {
    "identity_sources": "model",
    "activity_sources": "name",
    "deterministic_rules": "name",
    "blocking_rules": "name",
}


def parse_vars(text: str) -> dict[str, Any]:
    """The vars in the YAML text of the option --vars."""
    found = read_yaml(text, "--vars")
    if found is None:
        return {}
    if not isinstance(found, dict):
        what = f"found {shown(found)}; allowed: a mapping in YAML, such as '{{merge_threshold: 0.95}}'"
        raise ConfigurationError([Fault("--vars", what)])
    return found


@dataclass(frozen=True)
class _Vars:
    """The vars of the project, with those of the command line over them."""

    project: Mapping[str, Any]
    command_line: Mapping[str, Any]

    @property
    def merged(self) -> dict[str, Any]:
        return {**self.project, **self.command_line}

    def path(self, location: tuple[str | int, ...]) -> str:
        """A location in the vars as a dotted path that also says where the var was given."""
        name, *rest = location
        origin = "--vars " if name in self.command_line else "vars."
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest)
        return f"{origin}{name}{''.join(steps)}"


def _known_keys(location: tuple[str | int, ...]) -> list[str]:
    """The keys that are allowed beside the last of a location."""
    model: Any = Settings
    for step in location[:-1]:
        if isinstance(step, str):
            model = _item_type(model.model_fields[step].annotation)
    return list(model.model_fields)


def _item_type(annotation: Any) -> Any:
    """The section in a list of sections."""
    for argument in getattr(annotation, "__args__", ()):
        return _item_type(argument) if not hasattr(argument, "model_fields") else argument
    return annotation


def _what(detail: ErrorDetails) -> str:
    """What an error of pydantic's means to the person who wrote the setting."""
    location, found = detail["loc"], f"found {shown(detail['input'])}"
    match detail["type"]:
        case "extra_forbidden":
            kind = "key" if len(location) > 1 else "var of this project (extra_vars lists those of others)"
            what = f"no {kind}; {suggestion(location[-1], _known_keys(location))}"
        case "missing":
            what = "missing, and there is no default"
        case "list_type":
            what = f"{found}; allowed: a list"
        case "model_type":
            what = f"{found}; allowed: a mapping with the keys {', '.join(_known_keys((*location, '')))}"
        case "too_short":
            what = "found an empty list; allowed: one entry or more"
        case "too_long":
            what = f"found {len(detail['input'])} entries; allowed: {detail['ctx']['max_length']} at most"
        case "whole":
            what = detail["msg"]
        case _ if isinstance(detail["input"], bool):
            what = f"{found}, which is how YAML reads a bare yes, no, on or off; {detail['msg']}"
        case _:
            what = f"{found}; {detail['msg']}"
    return what


def _repeated(found: _Vars) -> Iterator[Fault]:
    """Entries of a list that bear one name."""
    for var, key in NAMED.items():
        entries = found.merged.get(var)
        first: dict[str, int] = {}
        for position, entry in enumerate(entries if isinstance(entries, list) else []):
            name = entry.get(key) if isinstance(entry, dict) else entry
            if not isinstance(name, str):
                continue
            if name in first:
                where = found.path((var, position))
                yield Fault(where, f"the same {key} as [{first[name]}], {name}; allowed: each once")
            first.setdefault(name, position)


def _extra_names(found: _Vars) -> set[str]:
    """The vars that are not this project's: other packages or the user's own models read them."""
    extra = found.merged.get("extra_vars")
    listed = {name for name in extra if isinstance(name, str)} if isinstance(extra, list) else set()
    return listed - set(Settings.model_fields)


def _rule_names(found: _Vars) -> list[str]:
    """The names of the deterministic rules, as far as they have one."""
    rules = found.merged.get("deterministic_rules")
    given = [rule.get("name") for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
    return [name for name in given if isinstance(name, str)]


def check_project(root: Path, command_line_vars: Mapping[str, Any] | None = None) -> Settings:
    """The settings of the project in a folder, if they and its rule seeds can be used.

    Args:
        root: The folder of dbt_project.yml.
        command_line_vars: What dbt's option --vars gives; it goes before the project's vars.

    Raises:
        ConfigurationError: With all faults of the vars and of the rule seeds.
    """
    project = Project(root)
    if project.name != PROJECT_NAME:
        fault = Fault("dbt_project.yml, name", f"found {shown(project.name)}; allowed: {PROJECT_NAME}")
        raise ConfigurationError([fault])
    found = _Vars(project.vars, command_line_vars or {})
    extra = _extra_names(found)
    faults = []
    try:
        values = {name: value for name, value in found.merged.items() if name not in extra}
        settings = Settings.model_validate(values, context=project)
    except ValidationError as error:
        faults += [
            Fault(found.path(detail["loc"]), _what(detail)) for detail in error.errors(include_url=False)
        ]
    faults += _repeated(found)
    faults += seed_faults(project, _rule_names(found))
    if faults:
        raise ConfigurationError(faults)
    return settings
