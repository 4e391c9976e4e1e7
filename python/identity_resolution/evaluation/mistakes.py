"""The command `idr errors`: the worst false merges and misses of a data set, with what every comparison said."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from identity_resolution.config import check_project, parse_vars
from identity_resolution.config.project import Project
from identity_resolution.evaluation.build import Built, built_dataset
from identity_resolution.evaluation.command import DatasetArgument, TrainOption
from identity_resolution.options import JsonOption, ProjectOption, TargetOption, VarsOption
from identity_resolution.training.mixture import CLASSES, UNRELATED, Comparison
from identity_resolution.warehouse.profile import read_target

VALUES = (
    *(
        "full_name",
        "first_name",
        "middle_name",
        "last_name",
        "email",
        "phone",
        "date_of_birth",
        "gender",
        "street",
    ),
    *("city", "state", "postal_code", "company", "job_title", "national_id"),
)


def errors(
    dataset: DatasetArgument,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many of each kind.")] = 10,
    has_values: Annotated[
        bool, typer.Option("--values", help="Print the values of the records too: personal data.")
    ] = False,
    target_name: TargetOption = None,
    is_trained: TrainOption = True,
    as_json: JsonOption = False,
    vars_text: VarsOption = "",
    project_dir: ProjectOption = None,
) -> None:
    """List the worst false merges and misses of a data set, and what each comparison says for and against."""
    target = read_target(target_name, project_dir)
    variables = parse_vars(vars_text)
    threshold = check_project(target.project_dir, variables).merge_threshold
    with built_dataset(dataset, target, is_trained=is_trained, variables=variables) as built:
        found: dict[str, Any] = {
            "false_merges": _pairs(built, FALSE_MERGES, limit, has_values),
            "misses": _pairs(built, MISSES, limit, has_values),
            "missed_pairs": _missed_pairs(built, threshold),
        }
    if as_json:
        typer.echo(json.dumps(found))
        return
    console = Console()
    for title, key in (
        ("False merges: two people in one customer", "false_merges"),
        ("Misses: one person in two", "misses"),
    ):
        console.print(f"\n[bold]{title}[/bold]")
        if not found[key]:
            console.print("none")
        for pair in found[key]:
            _print_pair(pair, console)
    missed = found["missed_pairs"]
    console.print(
        f"\nOf {missed['all']:,} missed pairs {missed['not_compared']:,} were never compared, "
        f"{missed['below_threshold']:,} scored too low, {missed['cut']:,} were cut by closure or a guard."
    )


def _wrong(same: str, other: str) -> str:
    """Pairs of records that are one by one column, and two by another."""
    return f"""
    select
        one.record_id as record_id_a,
        other.record_id as record_id_b
    from people as one
    inner join people as other on one.{same} = other.{same} and one.record_id < other.record_id
    where one.{other} <> other.{other}
    """


FALSE_MERGES = _wrong("customer_id", "entity_id")
MISSES = _wrong("entity_id", "customer_id")


def _people(schema: str) -> str:
    return f"""
    people as (
        select
            source_records.record_id,
            source_records.record_key,
            crosswalk.customer_id,
            truth.entity_id
        from {schema}_intermediate.int_source_records as source_records
        inner join {schema}.customer_crosswalk as crosswalk on source_records.record_key = crosswalk.record_key
        inner join raw_truth.entities as truth
            on
                source_records.source_system = truth.source_system
                and source_records.source_record_id = truth.source_record_id
    )"""


def _scored(schema: str) -> str:
    """All scored pairs: candidates, and those that only their component brought together."""
    return f"""
    scored as (
        select record_id_a, record_id_b, pattern, source_weight, match_weight, match_probability
        from {schema}_intermediate.int_scored_pairs
        union
        select record_id_a, record_id_b, pattern, source_weight, scored_weight, match_probability
        from {schema}_intermediate.int_component_pairs
    )"""


def _pairs(built: Built, pairs: str, limit: int, has_values: bool) -> list[dict[str, Any]]:
    rows = built.database.execute(
        f"""
        with {_people(built.schema)},
        {_scored(built.schema)},
        wrong as ({pairs}),
        deterministic as (
            select record_id_a, record_id_b, min(rule_name) as rule_name
            from {built.schema}_intermediate.int_deterministic_edges
            group by record_id_a, record_id_b
        )
        select
            one.record_key,
            other.record_key,
            scored.pattern,
            scored.match_weight,
            scored.match_probability,
            deterministic.rule_name,
            scored.source_weight
        from wrong
        inner join people as one on wrong.record_id_a = one.record_id
        inner join people as other on wrong.record_id_b = other.record_id
        inner join scored on wrong.record_id_a = scored.record_id_a and wrong.record_id_b = scored.record_id_b
        left join deterministic
            on wrong.record_id_a = deterministic.record_id_a and wrong.record_id_b = deterministic.record_id_b
        order by scored.match_weight desc, one.record_key, other.record_key
        limit %s
        """,
        (limit,),
    )
    levels = _levels(built, [int(row[2]) for row in rows])
    keys = sorted({key for row in rows for key in row[:2]})
    values = _values(built, keys) if has_values else {}
    return [
        {
            "record_keys": [one, other],
            "match_weight": float(weight),
            "match_probability": float(probability),
            "deterministic_rule": rule,
            "comparisons": levels[int(pattern)] + _source_counts(source_weight),
        }
        | ({"values": [values[one], values[other]]} if has_values else {})
        for one, other, pattern, weight, probability, rule, source_weight in rows
    ]


def _source_counts(weight: Any) -> list[dict[str, Any]]:
    if weight is None:
        return []
    level = "records in each source, of what is certain of both"
    return [{"comparison": "source_counts", "level": level, "weight": round(float(weight), 2)}]


def _levels(built: Built, patterns: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """What each comparison of a pattern found, and its weight against the likeliest class that is no match."""
    comparisons = [
        Comparison.from_project(settings)
        for settings in Project(built.database.target.project_dir).comparisons
    ]
    rows = built.database.execute(
        f"""
        select comparison, level, description, {", ".join(f"ln({name}) / ln(2.0)" for name in CLASSES)}
        from {built.schema}_rules.level_probabilities
        """
    )
    bits = {(str(row[0]), int(row[1])): (str(row[2]), [float(value) for value in row[3:]]) for row in rows}
    found = {}
    for pattern in set(patterns):
        remaining, levels = pattern, []
        for comparison in comparisons:
            remaining, level = divmod(remaining, comparison.levels)
            if level:
                levels.append((comparison.name, *bits[comparison.name, level]))
        rival = max(range(1, UNRELATED + 1), key=lambda place: sum(values[place] for _, _, values in levels))
        found[pattern] = [
            {"comparison": name, "level": description, "weight": round(values[0] - values[rival], 2)}
            for name, description, values in levels
        ]
    return found


def _values(built: Built, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    rows = built.database.execute(
        f"""
        select source_system || ':' || source_record_id, {", ".join(VALUES)}
        from {built.schema}_intermediate.int_delivered_records
        where copy_number = 1 and source_system || ':' || source_record_id in ({marks})
        """,
        list(keys),
    )
    return {
        row[0]: {name: value for name, value in zip(VALUES, row[1:], strict=True) if value} for row in rows
    }


def _missed_pairs(built: Built, threshold: float) -> dict[str, int]:
    row = built.database.execute(
        f"""
        with {_people(built.schema)},
        {_scored(built.schema)},
        wrong as ({MISSES})
        select
            count(*),
            count(*) filter (where scored.pattern is null),
            count(*) filter (where scored.match_probability < %s),
            count(*) filter (where scored.match_probability >= %s)
        from wrong
        left join scored on wrong.record_id_a = scored.record_id_a and wrong.record_id_b = scored.record_id_b
        """,
        (threshold, threshold),
    )[0]
    return dict(zip(("all", "not_compared", "below_threshold", "cut"), map(int, row), strict=True))


def _print_pair(pair: dict[str, Any], console: Console) -> None:
    one, other = pair["record_keys"]
    rule = f", rule {pair['deterministic_rule']}" if pair["deterministic_rule"] else ""
    console.print(
        f"\n{escape(one)} and {escape(other)}: weight {pair['match_weight']:.1f}, "
        f"probability {pair['match_probability']:.3f}{rule}"
    )
    for item in sorted(pair["comparisons"], key=lambda item: -item["weight"]):
        console.print(f"  {item['weight']:+6.1f}  {item['comparison']}: {item['level']}", highlight=False)
    for values in pair.get("values", ()):
        console.print(
            "  " + escape("; ".join(f"{name} {value}" for name, value in values.items())), highlight=False
        )
