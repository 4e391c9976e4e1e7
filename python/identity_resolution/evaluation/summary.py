"""The command `idr summary`: what a build brought in and what came out, for a person to read."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from identity_resolution.errors import UserError
from identity_resolution.evaluation.metrics import measure
from identity_resolution.options import JsonOption, ProjectOption, TargetOption
from identity_resolution.warehouse.database import Database, open_database
from identity_resolution.warehouse.profile import read_target

QUERY = """\
select full_name, city, record_count, source_systems, order_count
from {schema}golden_customers
order by record_count desc, customer_id
limit 5"""
TRUTH = ("raw_truth", "entities")


def summary(
    target_name: TargetOption = None,
    as_json: JsonOption = False,
    project_dir: ProjectOption = None,
) -> None:
    """Print what the last build brought in and what came out of it."""
    target = read_target(target_name, project_dir)
    with open_database(target, read_only=True) as database:
        if not database.has_table(target.schema, "golden_customers"):
            raise UserError(f"{database.description} has no golden_customers yet; build it with: dbt build")
        result = summarise(database)
        if as_json:
            typer.echo(json.dumps(result))
            return
        _print(result, database, Console())


def summarise(database: Database) -> dict[str, Any]:
    """The figures of a finished build.

    duplicate_rate.before is the share of source records that repeat a customer: 1 - customers / records. after is the
    share of golden records that are nobody's main one (a person's main one has most of its records), which only a truth
    can tell; without one it is None. truth is None where there is no table raw_truth.entities, or none of its records
    was built.
    """
    schema = database.target.schema
    records = dict(
        database.execute(
            f"select source_system, count(*) from {schema}.customer_crosswalk group by 1 order by 1"
        )
    )
    quarantined = dict(
        database.execute(
            f"select reason, count(*) from {schema}.quarantined_records group by 1 order by 2 desc, 1"
        )
    )
    rejected = _number(database, f"select count(*) from {schema}.rejected_values")
    customers = _number(database, f"select count(*) from {schema}.golden_customers")
    households = _number(database, f"select count(distinct household_id) from {schema}.golden_customers")
    accounts = _number(database, f"select count(distinct account_id) from {schema}.golden_customers")
    review = dict(
        database.execute(f"select reason, count(*) from {schema}.review_queue group by 1 order by 2 desc, 1")
    )
    total = sum(records.values())
    truth = after = None
    if database.has_table(*TRUTH):
        known, surplus = database.execute(
            f"""
            with held as (
                select truth.entity_id, crosswalk.customer_id, count(*) as records
                from raw_truth.entities as truth
                inner join {schema}.customer_crosswalk as crosswalk
                    on
                        truth.source_system = crosswalk.source_system
                        and truth.source_record_id = crosswalk.source_record_id
                group by truth.entity_id, crosswalk.customer_id
            ),
            ranked as (
                select
                    customer_id,
                    records,
                    row_number() over (partition by entity_id order by records desc, customer_id) as preference
                from held
            )
            select
                coalesce(sum(records), 0),
                count(distinct customer_id)
                - count(distinct case when preference = 1 then customer_id end)
            from ranked
            """
        )[0]
        if known:
            truth = measure(database, ".".join(TRUTH), f"{schema}.customer_crosswalk").as_dict()
            after = round(int(surplus) / customers, 6)
    return {
        "records": records,
        "quarantined": quarantined,
        "rejected_values": rejected,
        "customers": customers,
        "households": households,
        "accounts": accounts,
        "duplicate_rate": {"before": round(1 - customers / total, 6) if total else 0.0, "after": after},
        "review": review,
        "truth": truth,
        "database": database.description,
    }


def _print(result: dict[str, Any], database: Database, console: Console) -> None:
    records, quarantined, review = result["records"], result["quarantined"], result["review"]
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("Records in", f"{sum(records.values()) + sum(quarantined.values()):,}", _listed(records))
    table.add_row("Quarantined", f"{sum(quarantined.values()):,}", _listed(quarantined))
    table.add_row("Values rejected", f"{result['rejected_values']:,}", "set to null, see rejected_values")
    table.add_row(
        "Customers",
        f"{result['customers']:,}",
        f"{result['households']:,} households, {result['accounts']:,} accounts",
    )
    rate = result["duplicate_rate"]
    table.add_row("Duplicates before", f"{rate['before']:.1%}", "of the records repeat a customer")
    if rate["after"] is not None:
        table.add_row(
            "Duplicates after", f"{rate['after']:.1%}", "of the golden records repeat a person, by the truth"
        )
    table.add_row("To review", f"{sum(review.values()):,}", _listed(review))
    console.print()
    console.print(table)
    if result["truth"]:
        pairwise = result["truth"]["pairwise"]
        console.print(
            f"\n[bold]Against the truth[/bold] (pairs of records): precision {pairwise['precision']:.3f}, "
            f"recall {pairwise['recall']:.3f}, F1 {pairwise['f1']:.3f}"
        )
    console.print("\n[bold]Database[/bold]  ", end="")
    console.print(result["database"], soft_wrap=True, highlight=False)
    duckdb = database.target.engine == "duckdb"
    query = QUERY.format(schema="" if duckdb else f"{database.target.schema}.")
    console.print("\n[bold]A query to try[/bold]\n")
    console.print(query, highlight=False)
    console.print()
    rows = database.execute(QUERY.format(schema=f"{database.target.schema}."))
    found = Table(box=None, pad_edge=False)
    for name, width in (
        ("full_name", 24),
        ("city", 14),
        ("records", 7),
        ("source_systems", 18),
        ("orders", 6),
    ):
        is_number = name in {"records", "orders"}
        found.add_column(
            name, justify="right" if is_number else "left", max_width=width, overflow="ellipsis", no_wrap=True
        )
    for row in rows:
        found.add_row(*("" if value is None else str(value) for value in row))
    console.print(found)


def _number(database: Database, query: str) -> int:
    return int(database.execute(query)[0][0])


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
