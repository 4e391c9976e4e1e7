"""The command `idr explain`: why two records are one customer, or two, for a person to read."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from identity_resolution.errors import UserError
from identity_resolution.explanation.explain import ONE_CUSTOMER, TWO_CUSTOMERS, explain_records
from identity_resolution.options import JsonOption, ProjectOption, TargetOption
from identity_resolution.warehouse.database import open_database
from identity_resolution.warehouse.profile import read_target

KEY_HELP = "Key of a source record, source:id, as in customer_crosswalk."
# more is for --json
LISTED = 10


def explain(
    record_a: Annotated[str, typer.Argument(help=KEY_HELP, show_default=False)],
    record_b: Annotated[str, typer.Argument(help="Key of another.", show_default=False)],
    target_name: TargetOption = None,
    as_json: JsonOption = False,
    project_dir: ProjectOption = None,
) -> None:
    """Say why two source records are one customer, or two: the evidence, weakest link first."""
    target = read_target(target_name, project_dir)
    with open_database(target, read_only=True) as database:
        if not database.has_table(target.schema, "customer_crosswalk_history"):
            raise UserError(f"{database.description} has no build yet; build it with: dbt build")
        found = explain_records(database, record_a, record_b)
    if as_json:
        typer.echo(json.dumps(found))
        return
    _print(found, Console(highlight=False))


def _print(found: dict[str, Any], console: Console) -> None:
    for sentence in found["in_words"][:1] if found["verdict"] == ONE_CUSTOMER else found["in_words"]:
        console.print(escape(sentence))
    if found["verdict"] == ONE_CUSTOMER:
        _print_one_customer(found, console)
    if found["verdict"] == TWO_CUSTOMERS:
        _print_two_customers(found, console)
    if found.get("decisions"):
        _print_decisions(found["decisions"], console)


def _print_one_customer(found: dict[str, Any], console: Console) -> None:
    console.print("\n[bold]The strongest path between them, weakest link first[/bold]")
    for number, link in enumerate(found["path"], start=1):
        across = link["separating_edge_count"]
        console.print(f"\n{number}. {_pair(link)}")
        console.print(
            "   the only link at this place" if across == 1 else f"   one of {across} links at this place"
        )
        for edge in link["edges"]:
            _print_edge(edge, console)
    console.print("\n[bold]What would separate them[/bold]\n")
    console.print(escape(found["in_words"][1]))
    links = found["separation"]["links"]
    if len(links) > 1:
        table = Table(box=None, pad_edge=False)
        table.add_column("link", overflow="fold")
        table.add_column("rule", overflow="fold")
        table.add_column("weight", justify="right", no_wrap=True)
        for link in links[:LISTED]:
            strongest = link["edges"][0]
            table.add_row(_pair(link), strongest["rule_name"], f"{strongest['match_weight']:.2f}")
        console.print()
        console.print(table)
        _print_rest(links, console)


def _print_two_customers(found: dict[str, Any], console: Console) -> None:
    refused, cases = found["refused_edges"], found["review_cases"]
    if refused:
        console.print("\n[bold]Refused edges between the two customers, strongest first[/bold]")
    for link in refused[:LISTED]:
        console.print(f"\n{_pair(link)}")
        _print_indented(f"refused, {link['refused_reason']}: {link['in_words']}", console)
        for edge in link["edges"]:
            _print_edge(edge, console)
    _print_rest(refused, console)
    if cases:
        console.print("\n[bold]In the review queue[/bold]")
    for case in cases:
        console.print(f"\n{_pair(case)}")
        _print_indented(f"{case['reason']}: {case['in_words']}", console)
        if any(_pair(case) == _pair(link) for link in refused[:LISTED]):
            _print_indented("evidence as above", console)
        else:
            _print_edge(case, console)


def _print_decisions(decisions: Sequence[dict[str, Any]], console: Console) -> None:
    console.print("\n[bold]Decisions of stewards[/bold]")
    for decision in decisions[:LISTED]:
        console.print(f"\n{_pair(decision)}\n   {escape(decision['decision'] or '')}, {decision['status']}")
        table = _evidence_table()
        for name in ("decided_by", "decided_at", "reason"):
            table.add_row("", name, escape(decision[name] or ""))
        console.print(table)
    _print_rest(decisions, console)


def _print_edge(edge: dict[str, Any], console: Console) -> None:
    """The rule of an edge, or nothing for a case of the review queue; its weight and evidence."""
    parts = [escape(edge["rule_name"])] if "rule_name" in edge else []
    if edge["match_weight"] is not None:
        parts.append(f"weight {edge['match_weight']:.2f}")
    if edge["match_probability"] is not None:
        parts.append(f"probability {edge['match_probability']:.3f}")
    console.print(f"   {', '.join(parts)}")
    evidence = edge["evidence"]
    table = _evidence_table()
    if "comparisons" in evidence:
        rows = [(value["weight"], name, value["level"]) for name, value in evidence["comparisons"].items()]
        for weight, name, level in sorted(rows, key=lambda row: -row[0]):
            table.add_row(f"{weight:+.2f}", escape(name), escape(level))
        table.add_row(f"{evidence['prior_weight']:+.2f}", "prior odds", "the rest of the weight")
    else:
        for name, value in evidence.items():
            table.add_row("", escape(name), escape(str(value or "")))
    console.print(table)


def _print_indented(text: str, console: Console) -> None:
    console.print(Padding(escape(text), (0, 0, 0, 3)))


def _evidence_table() -> Table:
    """A table of weights, names and what was found."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(width=11, justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _print_rest(listed: Sequence[Any], console: Console) -> None:
    if len(listed) > LISTED:
        console.print(f"\nand {len(listed) - LISTED:,} more; --json lists all")


def _pair(link: dict[str, Any]) -> str:
    return escape(f"{link['record_key_a']} and {link['record_key_b']}")
