"""What a scheduled build costs, and what it does to customer ids, on generated data.

Usage: python -m benchmarks.incremental [--target duckdb] [--records 1000000] [--batch 10000] [--days 30]
    [--daily-records 20000]

--records: so many records are built, then --batch changes (half new records, a third changed, the rest deleted), then
nothing new: the times, and how many units each incremental model worked out. --days: so many daily batches on
--daily-records records, a hundredth of them each: the churn of ids, and what became of ids that ended. All in a scratch
database of the target (which loses its table raw_generic.records), with the shipped weights and term frequencies as a
training would write them. The results stand between markers in docs/benchmarks.md, those of other targets than DuckDB
under the target's name.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from benchmarks.accuracy.page import PAGE, write_section

from identity_resolution.errors import UserError
from identity_resolution.evaluation.build import SOURCES
from identity_resolution.evaluation.dataset import RECORD_CONTRACT
from identity_resolution.generation.generate import generate
from identity_resolution.warehouse.database import Database, open_database, scratch_folder, scratch_target
from identity_resolution.warehouse.dbt import DbtRun, run_dbt
from identity_resolution.warehouse.profile import Target, read_target

MODELS = ("--exclude", "tag:training")
PACKAGES = ("identity-resolution", "dbt-core", "duckdb")
DAY_SHARE = 100

# a record's place in the batches, from 0 to 999,999
PLACE = "hash(source_system || ':' || source_record_id) % 1000000"


@dataclass(frozen=True)
class Timed:
    """A build, and what each of its models says that it did."""

    run: DbtRun
    messages: dict[str, str]


def build(target: Target, folder: Path, title: str, variables: dict[str, Any]) -> Timed:
    """dbt run on all models."""
    run = run_dbt(target, folder, ["run", *MODELS], SOURCES | variables, title)
    results = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    return Timed(run, {result["unique_id"].split(".")[-1]: str(result["message"]) for result in results})


class Pool:
    """Generated records with their places, of which the sources deliver some."""

    def __init__(self, records: int, target: Target, folder: Path) -> None:
        """Generate them, and write the seeds to the target, with term frequencies as a training would."""
        self.folder = folder
        generate(records, 1, folder / "data", "parquet")
        self.connection = duckdb.connect()
        self.connection.execute(
            f"create table records as select *, {PLACE} as place from '{folder}/data/records.parquet'"
        )
        run_dbt(target, folder, ["seed"], SOURCES, "seeds")
        columns = ("attribute", "term", "record_count")
        rows = self.connection.execute(
            """
            with terms as (
                select 'first_name' as attribute, lower(first_name) as term from records
                union all select 'last_name', lower(last_name) from records
                union all select 'city', lower(city) from records
            )
            select attribute, term, count(*) from terms where term is not null
            group by attribute, term having count(*) >= 5
            union all select attribute, '*', count(*) from terms where term is not null group by attribute
            """
        ).fetchall()
        with open_database(target) as database:
            database.replace_rows(f"{target.schema}_rules", "term_frequencies", columns, rows)

    def deliver(self, database: Database, shares: tuple[int, int, int], day: int, days: int) -> int:
        """Replace raw_generic.records by what the sources hold after a day's batch; returns the number of changes.

        shares: how many in a million are new, changed and deleted each day. New records come from the top of the
        places, deleted ones from the bottom, changed ones from the middle.
        """
        new, changed, deleted = shares
        first_new = 1_000_000 - new * days
        first_changed = 500_000
        file = self.folder / "delivered.parquet"
        self.connection.execute(
            f"""
            copy (
                select * exclude (place) replace (
                    case when {_is_changed("place", first_changed, changed, day)} and place % 3 = 0
                        then '+1 ' || (201 + place % 700) || ' ' || (200 + place % 799) || ' '
                            || lpad((place % 9973)::text, 4, '0')
                        else phone end as phone,
                    case when {_is_changed("place", first_changed, changed, day)} and place % 3 = 1
                        then (place % 90) || ' ' || street else street end as street,
                    case when {_is_changed("place", first_changed, changed, day)} and place % 3 = 2
                        then left(last_name, -1) else last_name end as last_name
                )
                from records
                where place >= {deleted * day} and place < {first_new + new * day}
            ) to '{file}'
            """
        )
        database.load_text("raw_generic", "records", file, RECORD_CONTRACT)
        (count,) = self.connection.execute(
            f"""
            select count(*) from records
            where place between {deleted * (day - 1)} and {deleted * day - 1}
                or place between {first_new + new * (day - 1)} and {first_new + new * day - 1}
                or place between {first_changed + changed * (day - 1)} and {first_changed + changed * day - 1}
            """
        ).fetchall()[0]
        return int(count)


def _is_changed(place: str, first: int, share: int, day: int) -> str:
    return f"{place} between {first} and {first + share * day - 1}"


def units_worked_out(message: str) -> int:
    """The units in what a delta says: those of "3 anew, 1 gone, of 9", all of "all anew, 5 changes on 9"."""
    words = message.replace(",", "").split(" ")
    if message.startswith("nothing new"):
        return 0
    return int(words[-1] if message.startswith("all anew") else words[0]) if len(words) > 2 else 0


def timed_rows(target: Target, folder: Path, records: int, batch: int) -> list[str]:
    """Three builds: all, a batch, nothing."""
    million = 1_000_000
    shares = tuple(round(batch * part / records * million) for part in (1 / 2, 1 / 3, 1 / 6))
    pool = Pool(records + batch // 2, target, folder)
    lines = ["| build | seconds | of the first | units worked out |", "|---|---|---|---|"]
    first, detail = 0.0, []
    for title, day in (("first", 0), ("batch", 1), ("nothing", 1)):
        with open_database(target) as database:
            changes = pool.deliver(database, (shares[0], shares[1], shares[2]), day, 1)
        timed = build(target, folder, title, {"max_id_churn": 1})
        first = first or timed.run.seconds
        label = {
            "first": f"{records:,} records",
            "batch": f"a batch of {changes:,}",
            "nothing": "nothing new",
        }
        deltas = {
            name: text
            for name, text in timed.messages.items()
            if " of " in text or text.startswith(("nothing new", "all anew"))
        }
        worked_out = sum(map(units_worked_out, deltas.values()))
        line = (
            f"| {label[title]} | {timed.run.seconds:.1f} | {timed.run.seconds / first:.0%} | {worked_out:,} |"
        )
        lines.append(line if title != "first" else line.rsplit("|", 2)[0] + "| all |")
        print(lines[-1], flush=True)
        if title == "batch":
            detail = [f"| {name} | {text} |" for name, text in sorted(deltas.items())]
    print("\n".join(detail), flush=True)
    return [*lines, "", "| incremental model | units in the batch |", "|---|---|", *detail]


def replayed_rows(target: Target, folder: Path, records: int, days: int) -> list[str]:
    """A line per day."""
    million = 1_000_000
    day_records = records / DAY_SHARE
    new, changed, deleted = (round(day_records * part / records * million) for part in (1 / 2, 1 / 3, 1 / 6))
    pool = Pool(records + round(day_records / 2 * days), target, folder)
    lines = [
        "| day | changes | customers | merged | split | gone | ids changed | churn |",
        "|---" * 8 + "|",
    ]
    ended: set[str] = set()
    for day in range(days + 1):
        with open_database(target) as database:
            changes = pool.deliver(database, (new, changed, deleted), day, days)
            before = (
                dict(database.execute("select record_key, customer_id from customer_crosswalk"))
                if day
                else {}
            )
        build(target, folder, f"day {day}", {})
        with open_database(target) as database:
            after = dict(database.execute("select record_key, customer_id from customer_crosswalk"))
            redirects = {
                row[0]: row[1:]
                for row in database.execute(
                    "select retired_customer_id, customer_id, status from customer_redirects"
                )
            }
            events = dict(
                database.execute(
                    """select event_type, count(*) from identity_history
                    where occurred_at = (select max(valid_from) from customer_crosswalk_history) group by event_type"""
                )
            )
        living = set(after.values())
        if living & (ended | redirects.keys()):
            raise SystemExit("an id that had ended is alive again")
        if ended - redirects.keys() or set(before.values()) - living - redirects.keys():
            raise SystemExit("an id that has ended has no redirect")
        if any((status == "erased") == (current in living) for current, status in redirects.values()):
            raise SystemExit("a redirect leads nowhere")
        ended |= redirects.keys()
        moved = sum(after[key] != customer for key, customer in before.items() if key in after)
        cells = (
            str(day),
            f"{changes if day else 0:,}",
            f"{len(living):,}",
            *(f"{events.get(kind, 0) if day else 0:,}" for kind in ("merged", "split", "retired")),
            f"{moved:,}",
            f"{moved / len(before) if before else 0:.2%}",
        )
        lines.append("| " + " | ".join(cells) + " |")
        print(lines[-1], flush=True)
    merged = sum(status == "merged" for _, status in redirects.values())
    lines += [
        "",
        f"{len(redirects):,} ids ended: {merged:,} redirect to a living customer, {len(redirects) - merged:,} have no "
        "record left. None was given again.",
    ]
    print(lines[-1], flush=True)
    return lines


def main() -> int:
    """Measure, print each line as it comes, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", default="duckdb")
    parser.add_argument("--records", type=int, default=0)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=0)
    parser.add_argument("--daily-records", type=int, default=20_000)
    given = parser.parse_args()
    try:
        target = read_target(given.target, PAGE.parents[1])
        for name, wanted, measure in (
            ("incremental", given.records, lambda t, f: timed_rows(t, f, given.records, given.batch)),
            ("replay", given.days, lambda t, f: replayed_rows(t, f, given.daily_records, given.days)),
        ):
            if not wanted:
                continue
            with scratch_folder() as folder, scratch_target(target, folder) as scratch:
                lines = measure(scratch, folder)
            options = (
                f"--records {given.records} --batch {given.batch}"
                if name == "incremental"
                else f"--days {given.days} --daily-records {given.daily_records}"
            )
            is_other = given.target != "duckdb"
            command = f"python -m benchmarks.incremental {f'--target {given.target} ' * is_other}{options}"
            write_section(f"{name} {given.target}" if is_other else name, command, PACKAGES, "\n".join(lines))
    except UserError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
