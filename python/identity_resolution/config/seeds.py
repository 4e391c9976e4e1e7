"""The rule seeds (seeds/rules/*.csv): what is allowed in a row, and in a file as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Annotated, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from identity_resolution.config.faults import ConfigurationError, Fault, names, shown, suggestion
from identity_resolution.config.project import Project, Table
from identity_resolution.config.values import (
    Allowed,
    AtLeastOne,
    IdentifierType,
    LowerCase,
    Natural,
    OneOf,
    PositiveNumber,
    Probability,
    Text,
    TrueOrFalse,
)

# How far the probabilities of a class may be from 1 in sum: hand-set and trained files are rounded.
SUM_TOLERANCE = 0.01

# Names and cities, whose agreement weighs more the rarer they are.
TERM_ATTRIBUTES = ("first_name", "last_name", "city")
ALL_TERMS = "*"
ALL_SOURCES = "*"

# Columns that any seed may have, for people to read.
NOTES = ("comment", "description")


class _Row(BaseModel):
    """One row. No two have the same values in the columns of a key; those of a private seed are not shown."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    keys: ClassVar[tuple[tuple[str, ...], ...]]
    is_private: ClassVar[bool] = False


Row = TypeVar("Row", bound=_Row)


class LevelProbability(_Row):
    """How often a class of pairs falls into a level of a comparison."""

    keys = (("comparison", "level"),)

    comparison: Annotated[str, OneOf("comparison", lambda project: project.comparison_levels)]
    level: AtLeastOne
    match: Probability
    household: Probability
    colleague: Probability
    unrelated: Probability


class ClassRate(_Row):
    """In how many pairs of a class a record is."""

    keys = (("class",),)

    class_: Annotated[
        str,
        OneOf("class of pairs that has a rate", lambda project: project.pair_classes[:-1]),
        Field(alias="class"),
    ]
    pairs_per_record: PositiveNumber


class TermFrequency(_Row):
    """On how many records a term was at the last training; the term * stands for all records with a value."""

    keys = (("attribute", "term"),)

    attribute: Annotated[str, OneOf("attribute with term frequencies", lambda _: TERM_ATTRIBUTES)]
    term: Text
    record_count: AtLeastOne


class SourceCount(_Row):
    """Which share of customers has so many records in a source; * stands for sources without rows of their own."""

    keys = (("source_system", "record_count"),)

    source_system: Text
    record_count: Natural
    share: Probability


class ModelProperty(_Row):
    """A fact about the training of the matching model."""

    keys = (("property",),)

    property: Text
    value: Text


class DeterministicWeight(_Row):
    """What an edge of a deterministic rule weighs as evidence."""

    keys = (("rule_name",),)

    rule_name: Text
    match_weight: PositiveNumber


class BlockedIdentifier(_Row):
    """A value that identifies nobody."""

    keys = (("identifier_type", "identifier_value"),)
    is_private = True

    identifier_type: IdentifierType
    identifier_value: Annotated[Text, Allowed("a value")]


class SurvivorshipRule(_Row):
    """A strategy for an attribute of the golden record, in its place among the attribute's strategies."""

    keys = (("attribute", "position"), ("attribute", "strategy"))

    attribute: Annotated[
        str, OneOf("attribute of the golden record", lambda project: project.golden_attributes)
    ]
    position: Natural
    strategy: Annotated[str, OneOf("survivorship strategy", lambda project: project.survivorship_strategies)]


class SourcePriority(_Row):
    """How early a source system is believed for an attribute, or (*) for those without rows of their own."""

    keys = (("attribute", "source_system"),)

    attribute: Annotated[
        str, OneOf("attribute of the golden record, nor *", lambda project: (*project.golden_attributes, "*"))
    ]
    source_system: Text
    priority: Natural


class ActivityStatus(_Row):
    """What a status means for the totals of a customer."""

    keys = (("activity_type", "status"),)

    activity_type: Annotated[str, OneOf("type of activity", lambda _: ("order", "ticket"))]
    status: LowerCase
    is_cancelled: TrueOrFalse
    is_open: TrueOrFalse


def _columns(row_type: type[_Row]) -> list[str]:
    return [field.alias or name for name, field in row_type.model_fields.items()]


def _column_faults(table: Table, row_type: type[_Row]) -> Iterator[Fault]:
    columns = _columns(row_type)
    where = f"{table.where} line 1"
    for column in sorted({column for column in table.columns if table.columns.count(column) > 1}):
        yield Fault(where, f"the column {column} stands twice")
    for column in table.columns:
        if column not in columns and column not in NOTES:
            name = "a field" if row_type.is_private else column
            yield Fault(where, f"{name} is no column of this seed; {suggestion(column, [*columns, *NOTES])}")
    for column in columns:
        if column not in table.columns:
            yield Fault(where, f"the column {column} is missing; needed: {', '.join(columns)}")


def _rows(
    project: Project, name: str, row_type: type[Row], faults: list[Fault]
) -> tuple[Table, list[Row]] | None:
    """The table and its valid rows, or None where its form is wrong. What is wrong is added to the faults."""
    try:
        table = project.seed(name)
    except ConfigurationError as error:
        faults.extend(error.faults)
        return None
    column_faults = list(_column_faults(table, row_type))
    faults.extend(column_faults)
    if column_faults:
        return None
    faults.extend(_repeated_keys(table, row_type))
    rows = []
    for line, values in table:
        where = f"{table.where} line {line}"
        try:
            rows.append(row_type.model_validate(values, context=project))
        except ValidationError as error:
            faults.extend(_row_faults(error, where, row_type))
    return table, rows


def _repeated_keys(table: Table, row_type: type[_Row]) -> Iterator[Fault]:
    for key in row_type.keys:
        lines: dict[tuple[str | None, ...], int] = {}
        for line, values in table:
            parts = tuple(values[column] for column in key)
            first = lines.setdefault(parts, line)
            if first != line:
                found = "" if row_type.is_private else f" ({', '.join(str(part) for part in parts)})"
                yield Fault(
                    f"{table.where} line {line}", f"the same {' and '.join(key)}{found} as line {first}"
                )


def _row_faults(error: ValidationError, where: str, row_type: type[_Row]) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        found = "" if row_type.is_private else f"found {shown(detail['input'])}; "
        yield Fault(f"{where}, {detail['loc'][0]}", f"{found}{detail['msg']}")


def _level(values: Mapping[str, str | None]) -> int | None:
    """The level that a row states, if it is a whole number."""
    try:
        level = float(values["level"] or "")
    except ValueError:
        return None
    return int(level) if level.is_integer() else None


def _level_faults(table: Table, rows: Sequence[LevelProbability], project: Project) -> Iterator[Fault]:
    """Levels outside their comparison, levels without a row, and classes whose levels do not sum to 1."""
    stated: dict[str, set[int]] = defaultdict(set)
    for line, values in table:
        comparison, level = values["comparison"] or "", _level(values)
        levels = project.comparison_levels.get(comparison)
        if levels is None or level is None or level < 1:
            continue
        stated[comparison].add(level)
        if level not in levels:
            allowed = f"1 to {levels.stop - 1}"
            yield Fault(
                f"{table.where} line {line}, level", f"found {level}; allowed for {comparison}: {allowed}"
            )
    for comparison, levels in project.comparison_levels.items():
        where = f"{table.where}, {comparison}"
        missing = [str(level) for level in levels if level not in stated[comparison]]
        if missing:
            yield Fault(where, f"no row for level {', '.join(missing)}; needed: a row for each level")
        valid = sorted((row for row in rows if row.comparison == comparison), key=attrgetter("level"))
        if [row.level for row in valid] != list(levels) or comparison in project.joint_comparisons:
            continue
        for pair_class in project.pair_classes:
            total = sum(getattr(row, pair_class) for row in valid)
            if abs(total - 1) > SUM_TOLERANCE:
                what = f"its levels sum to {total:.4g}; allowed: 1, give or take {SUM_TOLERANCE}"
                yield Fault(f"{where}, {pair_class}", what)


def _share_faults(table: Table, rows: Sequence[SourceCount], most: int) -> Iterator[Fault]:
    """Sources without a row for each number of records, or whose shares do not sum to 1; the source * missing."""
    numbers = list(range(most + 1))
    stated: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows:
        stated[row.source_system][row.record_count] = row.share
    for source in sorted({ALL_SOURCES, *stated}):
        where = f"{table.where}, {source}"
        if sorted(stated[source]) != numbers:
            yield Fault(where, f"needed: a row for each record_count from 0 to {most}, and no other")
        elif abs(sum(stated[source].values()) - 1) > SUM_TOLERANCE:
            what = f"its shares sum to {sum(stated[source].values()):.4g}; allowed: 1, give or take {SUM_TOLERANCE}"
            yield Fault(where, what)


def _missing_rows(table: Table, column: str, needed: Iterable[str], why: str) -> Iterator[Fault]:
    found = {str(values[column]) for _, values in table}
    for name in needed:
        if name not in found:
            yield Fault(table.where, f"no row for {column} {name}, {why}; found: {names(found)}")


def seed_faults(project: Project, rule_names: Iterable[str]) -> list[Fault]:
    """All that is wrong in the rule seeds of a project whose deterministic rules have these names."""
    faults: list[Fault] = []
    levels = _rows(project, "level_probabilities", LevelProbability, faults)
    if levels:
        faults.extend(_level_faults(*levels, project))
    rates = _rows(project, "class_rates", ClassRate, faults)
    if rates:
        faults.extend(_missing_rows(rates[0], "class", project.pair_classes[:-1], "which the score needs"))
    terms = _rows(project, "term_frequencies", TermFrequency, faults)
    if terms:
        stated = {row.attribute for row in terms[1]}
        totals = {row.attribute for row in terms[1] if row.term == ALL_TERMS}
        faults.extend(
            Fault(terms[0].where, f"no row for term {ALL_TERMS} of {attribute}, the number of all records")
            for attribute in TERM_ATTRIBUTES
            if attribute in stated - totals
        )
    counts = _rows(project, "source_counts", SourceCount, faults)
    if counts:
        faults.extend(_share_faults(*counts, project.most_source_records))
    _rows(project, "model_profile", ModelProperty, faults)
    weights = _rows(project, "deterministic_weights", DeterministicWeight, faults)
    if weights:
        faults.extend(_missing_rows(weights[0], "rule_name", rule_names, "a rule of deterministic_rules"))
    _rows(project, "blocked_identifiers", BlockedIdentifier, faults)
    strategies = _rows(project, "survivorship_rules", SurvivorshipRule, faults)
    if strategies:
        golden = project.golden_attributes
        faults.extend(_missing_rows(strategies[0], "attribute", golden, "which the golden record has"))
    _rows(project, "source_priorities", SourcePriority, faults)
    _rows(project, "activity_statuses", ActivityStatus, faults)
    return faults
