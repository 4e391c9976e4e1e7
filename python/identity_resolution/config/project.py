"""What the files of a dbt project say, as far as a configuration is checked against them.

Names that stand in the project are read from it, never repeated here: the models of the staging layer, the
columns of a model, and the lists that macros return.
"""

import csv
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import yaml
from jinja2 import Environment

from identity_resolution.config.faults import ConfigurationError, Fault, shown

PROJECT_NAME = "identity_resolution"
PROJECT_FILE = "dbt_project.yml"


class _Loader(yaml.SafeLoader):
    """YAML in which a key that stands twice in one mapping is an error, not silently the last of the two."""


def _unique_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            message = "a key that is no word; text with {{ … }} must stand in quotes"
            raise yaml.constructor.ConstructorError(None, None, message, key.start_mark)
        if key.value in keys:
            message = f"the key {key.value} stands twice"
            raise yaml.constructor.ConstructorError(None, None, message, key.start_mark)
        keys.add(key.value)
    loader.flatten_mapping(node)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


def read_yaml(text: str, where: str) -> Any:
    """The content of a YAML text; `where` names it in the ConfigurationError that a malformed one raises."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigurationError(
            [Fault(f"{where}{line}", f"not readable as YAML: {error.problem}")]
        ) from None
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError([Fault(where, f"not readable as YAML: {reason}")]) from None


def read_text(path: Path, where: str) -> str:
    """The text of a file in UTF-8; `where` names it in the ConfigurationError if there is no such text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigurationError([Fault(where, "no such file")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigurationError([Fault(f"{where} line {line}", "not readable as UTF-8")]) from None
    except OSError as error:
        raise ConfigurationError([Fault(where, f"not readable: {error.strerror}")]) from None


class Table:
    """A CSV file: its columns and its rows, each with the line it begins on."""

    def __init__(self, path: Path, where: str) -> None:
        self.where = where
        lines = read_text(path, where).splitlines(keepends=True)
        reader = csv.reader(lines, strict=True)
        rows: list[tuple[int, list[str]]] = []
        line = 1
        try:
            for row in reader:
                if row:
                    rows.append((line, row))
                line = reader.line_num + 1
        except csv.Error as error:
            raise ConfigurationError(
                [Fault(f"{where} line {line}", f"not readable as CSV: {error}")]
            ) from None
        if not rows:
            raise ConfigurationError(
                [Fault(where, "the file is empty; needed: a first line that names the columns")]
            )
        self.columns = rows[0][1]
        faults = [
            Fault(
                f"{where} line {number}",
                f"found {len(row)} fields; allowed: {len(self.columns)}, as on line 1",
            )
            for number, row in rows[1:]
            if len(row) != len(self.columns)
        ]
        if faults:
            raise ConfigurationError(faults)
        self._rows = rows[1:]

    def __iter__(self) -> Iterator[tuple[int, dict[str, str | None]]]:
        """Line number and values of each row; as in dbt, an empty field is no value."""
        for number, row in self._rows:
            yield number, {column: field or None for column, field in zip(self.columns, row, strict=True)}


class _ReturnedError(Exception):
    """Carries what a macro returns."""


def _return(value: Any) -> NoReturn:
    raise _ReturnedError(value)


def macro_value(source: str, name: str) -> Any:
    """What the macro `name` of a file without dbt calls returns."""
    environment = Environment(extensions=["jinja2.ext.do"], autoescape=False)  # noqa: S701 (no HTML)
    environment.globals["return"] = _return
    try:
        environment.from_string(f"{source}{{{{ {name}() }}}}").render()
    except _ReturnedError as returned:
        return returned.args[0]
    raise ValueError(f"macro {name} returns nothing")


def selected_columns(sql: str, cte: str = "final") -> tuple[str, ...]:
    """The columns that a CTE of a model names in its select list, in their order.

    Reads the project's own manner of SQL (lower case, `<column> as <name>` or `<relation>.<name>`); a star is
    not resolved.
    """
    sql = re.sub(r"\{#.*?#\}|--[^\n]*", "", sql, flags=re.DOTALL)
    start = re.search(rf"\b{cte}\s+as\s*\(\s*select\b", sql)
    if start is None:
        return ()
    items, item, depth = [], "", 0
    for part in re.findall(r"\{\{.*?\}\}|'[^']*'|\w+|[^\w\s]|\s+", sql[start.end() :], flags=re.DOTALL):
        depth += (part == "(") - (part == ")")
        if depth == 0 and part == "from" and not item.rstrip().endswith(" distinct"):
            break
        if depth == 0 and part == ",":
            items.append(item)
            item = ""
        else:
            item += part
    items.append(item)
    return tuple(match[0] for match in (re.search(r"\w+(?=\s*$)", item) for item in items) if match)


class Project:
    """The dbt project in a folder.

    Raises ConfigurationError where a file that the checks lean on is missing or malformed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        text = read_text(root / PROJECT_FILE, str(root / PROJECT_FILE))
        content = read_yaml(text, PROJECT_FILE)
        if not isinstance(content, dict):
            fault = Fault(PROJECT_FILE, f"found {shown(content)}; allowed: the settings of a dbt project")
            raise ConfigurationError([fault])
        self.content = content
        self.name = content.get("name")

    def _files(self, setting: str, default: str, pattern: str) -> Iterator[Path]:
        folders = self.content.get(setting)
        for folder in folders if isinstance(folders, list) else [default]:
            yield from sorted((self.root / str(folder)).rglob(pattern))

    def _file(self, setting: str, default: str, name: str) -> Path:
        found = next(self._files(setting, default, name), None)
        if found is None:
            raise ConfigurationError(
                [Fault(f"{default}/**/{name}", "no such file; it belongs to the project")]
            )
        return found

    @cached_property
    def vars(self) -> dict[str, Any]:
        """The project's vars; as in dbt, those under the project's own name win over the others."""
        found = self.content.get("vars")
        if not isinstance(found, dict):
            fault = Fault(
                "vars", f"found {shown(found)} in {PROJECT_FILE}; allowed: a mapping of names to values"
            )
            raise ConfigurationError([fault])
        own = found.get(PROJECT_NAME)
        return (
            {**{k: v for k, v in found.items() if k != PROJECT_NAME}, **own}
            if isinstance(own, dict)
            else found
        )

    @cached_property
    def staging_models(self) -> frozenset[str]:
        """The models in the folders named staging."""
        files = (
            path for pattern in ("*.sql", "*.py") for path in self._files("model-paths", "models", pattern)
        )
        return frozenset(path.stem for path in files if "staging" in path.relative_to(self.root).parts)

    @cached_property
    def feature_columns(self) -> tuple[str, ...]:
        """The columns by which records can be blocked or must agree."""
        path = self._file("model-paths", "models", "int_record_features.sql")
        return selected_columns(read_text(path, self.relative(path)))

    @cached_property
    def country_codes(self) -> frozenset[str]:
        """The countries that addresses or phones are known of."""
        tables = (self.seed("country_names"), self.seed("phone_countries"))
        return frozenset(values.get("country_code") or "" for table in tables for _, values in table)

    @cached_property
    def identifier_types(self) -> tuple[str, ...]:
        """The identifiers by which deterministic rules link."""
        return tuple(identifier["identifier_type"] for identifier in self._macro_value("identifier_columns"))

    @cached_property
    def pair_classes(self) -> tuple[str, ...]:
        """What a pair of records can be; the last is what it is if it is none of the others."""
        return tuple(self._macro_value("pair_classes"))

    @cached_property
    def comparisons(self) -> tuple[dict[str, Any], ...]:
        """The comparisons with their settings, in the order of their digits in a pattern."""
        return tuple(self._macro_value("comparisons"))

    @cached_property
    def comparison_levels(self) -> dict[str, range]:
        """The levels of each comparison that have a probability; level 0, no evidence, has none."""
        return {comparison["name"]: range(1, comparison["levels"]) for comparison in self.comparisons}

    @cached_property
    def joint_comparisons(self) -> tuple[str, ...]:
        """The comparisons whose probabilities are factors and sum to nothing in particular."""
        return tuple(comparison["name"] for comparison in self.comparisons if "joint_of" in comparison)

    @cached_property
    def most_source_records(self) -> int:
        """Up to which number the records of a customer in a source are told apart."""
        return int(self._macro_value("most_source_records"))

    @cached_property
    def golden_attributes(self) -> tuple[str, ...]:
        """What survives into the golden record."""
        return tuple(attribute["name"] for attribute in self._macro_value("golden_attributes"))

    @cached_property
    def survivorship_strategies(self) -> tuple[str, ...]:
        """The ways to choose among the values of an attribute."""
        return tuple(strategy["name"] for strategy in self._macro_value("survivorship_strategies"))

    def _macro_value(self, name: str) -> Any:
        path = self._file("macro-paths", "macros", f"{name}.sql")
        return macro_value(read_text(path, self.relative(path)), name)

    def seed(self, name: str) -> Table:
        """The rows of a seed."""
        path = self._file("seed-paths", "seeds", f"{name}.csv")
        return Table(path, self.relative(path))

    def relative(self, path: Path) -> str:
        """The path as the project's user names it."""
        return path.relative_to(self.root).as_posix()
