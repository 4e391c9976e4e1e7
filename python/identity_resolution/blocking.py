"""The command `idr blocking`: what each blocking rule of the last build costs, and what it finds."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from identity_resolution.config import check_project
from identity_resolution.errors import UserError
from identity_resolution.options import JsonOption, ProjectOption, TargetOption
from identity_resolution.warehouse.database import Database, open_database
from identity_resolution.warehouse.profile import read_target


def blocking(
    target_name: TargetOption = None,
    as_json: JsonOption = False,
    project_dir: ProjectOption = None,
) -> None:
    """Print what each blocking rule of the last build costs, and how many merges it found."""
    target = read_target(target_name, project_dir)
    with open_database(target, read_only=True) as database:
        schema = f"{target.schema}_intermediate"
        if not database.has_table(schema, "int_blocking_rules"):
            raise UserError(f"{database.description} has no build yet; build it with: dbt build")
        threshold = check_project(target.project_dir).merge_threshold
        report = read_blocking(database, schema, threshold)
    if as_json:
        typer.echo(json.dumps(report))
    else:
        _print(report, Console())


def read_blocking(database: Database, schema: str, threshold: float) -> dict[str, Any]:
    """The report of a build.

    Returns: records, candidate_pairs, merged_pairs (candidates at or above the merge threshold, which stand for recall
    where no truth is known), and rules in their order, each with new_pairs (candidates that no rule before it found,
    estimated where the rule is not used), only_pairs (candidates that no other rule found), new_merges and only_merges
    (of these, those that merge), skipped_records (in blocks above the cap after every refinement) and is_used.
    """
    masks = database.execute(
        f"""
        select
            pairs.rule_mask,
            count(*) as pairs,
            count(*) filter (where scored.match_probability >= %s) as merges
        from {schema}.int_candidate_pairs as pairs
        inner join {schema}.int_scored_pairs as scored
            on pairs.record_id_a = scored.record_id_a and pairs.record_id_b = scored.record_id_b
        group by pairs.rule_mask
        """,
        (threshold,),
    )
    found = [(int(mask), int(pairs), int(merges)) for mask, pairs, merges in masks]
    rules = []
    for number, name, new_pairs, skipped, is_used in database.execute(
        f"""
        select rule_number, rule_name, new_pair_count, skipped_record_count, is_used
        from {schema}.int_blocking_rules
        order by rule_number
        """
    ):
        bit = 1 << int(number)
        first = [(pairs, merges) for mask, pairs, merges in found if mask & bit and not mask & (bit - 1)]
        alone = [(pairs, merges) for mask, pairs, merges in found if mask == bit]
        rules.append(
            {
                "rule": str(name),
                "is_used": bool(is_used),
                "new_pairs": sum(pairs for pairs, _ in first) if is_used else int(new_pairs),
                "new_merges": sum(merges for _, merges in first),
                "only_pairs": sum(pairs for pairs, _ in alone),
                "only_merges": sum(merges for _, merges in alone),
                "skipped_records": int(skipped),
            }
        )
    return {
        "records": int(database.execute(f"select count(*) from {schema}.int_record_features")[0][0]),
        "candidate_pairs": sum(pairs for _, pairs, _ in found),
        "merged_pairs": sum(merges for _, _, merges in found),
        "rules": rules,
    }


def _print(report: dict[str, Any], console: Console) -> None:
    records, merged = max(report["records"], 1), max(report["merged_pairs"], 1)
    console.print(
        f"{report['candidate_pairs']:,} candidate pairs of {report['records']:,} records "
        f"({report['candidate_pairs'] / records:.1f} a record); {report['merged_pairs']:,} of them merge\n"
    )
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(("rule", "new pairs", "new merges", "it alone", "skipped")):
        table.add_column(name, justify="right" if place else "left", no_wrap=True)
    for rule in report["rules"]:
        if rule["is_used"]:
            cells = (f"{rule['new_merges'] / merged:.2%}", f"{rule['only_merges'] / merged:.2%}")
        else:
            cells = ("above budget", "")
        skipped = f"{rule['skipped_records']:,}" if rule["skipped_records"] else ""
        table.add_row(rule["rule"], f"{rule['new_pairs']:,}", *cells, skipped)
    console.print(table)
    console.print(
        "\nnew: found by no rule before. it alone: merges that no other rule finds. skipped:\n"
        "records in blocks above max_block_size, listed in the mart skipped_blocks."
    )
