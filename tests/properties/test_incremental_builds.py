"""Incremental equals full: random histories of batches, each built incrementally, against rebuilds of everything.

A history is a small world of records of its own, whose values (names, mailboxes, phones, homes) come from small pools, so
that identifiers become shared, hubs form, links break and clusters split. Many histories run side by side in one
database: each build takes the next batch of all of them.
"""

import csv
import os
import random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from identity_resolution.generation.generate import generate

NIGHTLY = os.environ.get("IDR_TEST_PROFILE") == "nightly"
HISTORIES = 25
BACKGROUND = 600
# in each build the batch of a fifth of the histories: a delta that has to work out more than a third of its units makes all of them anew
ROUNDS = 5
VARS = {"max_id_churn": 1, "max_block_size": 6}
DELTAS = (
    *(
        "int_delivered_records",
        "int_normalised_records",
        "int_source_records",
        "int_record_features",
        "int_identifiers",
    ),
    *(
        "int_identifier_values",
        "int_component_roots",
        "int_fragment_roots",
        "int_deterministic_edges",
        "int_blocking_keys",
        "int_blocks",
        "int_candidate_pairs",
    ),
    *(
        "int_compared_pairs",
        "int_scored_pairs",
        "int_described_edges",
        "int_customer_records",
        "int_golden_records",
    ),
    *("golden_customers", "golden_customer_lineage", "identity_paths"),
)
MARTS = (
    *(
        "golden_customers",
        "golden_customer_lineage",
        "customer_crosswalk",
        "identity_edges",
        "identity_paths",
    ),
    *("review_queue", "steward_decisions", "quarantined_records", "rejected_values", "ignored_identifiers"),
    "skipped_blocks",
)
FIRST = ("Annabel", "Anna", "Bob", "Robert", "Zoltan", "Chi", "J")
LAST = ("Thistlewood", "Thistlewod", "Marchbanks", "Okonkwo", "Li")
STREETS = ("1 Elm Street", "1 Elm St", "22 Beacon Road")
SYSTEMS = ("crm", "shop", "support")


class World:
    """The records and decisions of one history; a batch changes them."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self.dice = random.Random(seed)
        self.records: dict[tuple[str, str], dict[str, str | None]] = {}
        self.decisions: list[dict[str, str]] = []
        self.delivered = 0

    def values(self) -> dict[str, str | None]:
        """What a record says: values of this world, some missing, some malformed."""
        dice, world = self.dice, f"w{self.number}"
        person = dice.randrange(4)
        first, last = dice.choice(FIRST), f"{dice.choice(LAST)}{world}".replace("0", "o").replace("1", "i")
        some = {
            "first_name": first,
            "last_name": "".join(c if not c.isdigit() else "abcdefghij"[int(c)] for c in last),
            "email": dice.choice(
                [
                    f"p{person}@{world}.example",
                    f"info@{world}.example",
                    f"{first.lower()}@{world}.example",
                    "not an email",
                ]
            ),
            "phone": f"+1 415 555 {self.number * 10 + person:04d}",
            "date_of_birth": dice.choice(
                ["1980-04-03", "1950-09-21", f"19{60 + person}-02-0{person + 1}", "1980-99-99"]
            ),
            "street": dice.choice(STREETS),
            "city": dice.choice(["Boulder", "Dayton"]),
            "postal_code": f"{10000 + self.number}",
            "company": dice.choice(["", f"Acme {world}"]) or None,
            "updated_at": f"2026-0{dice.randint(1, 9)}-01",
        }
        kept = {name: value for name, value in some.items() if dice.random() < 0.6}
        return kept | {"country": "US"}

    def batch(self) -> None:
        """Inserts, updates, deletes, decisions; sometimes one record twice."""
        dice = self.dice
        for _ in range(dice.randint(1, 6)):
            what, keys = dice.random(), sorted(self.records)
            if what < 0.45 or len(keys) < 2:
                self.delivered += 1
                self.records[dice.choice(SYSTEMS), f"{self.number}-{self.delivered}"] = self.values()
            elif what < 0.7:
                self.records[dice.choice(keys)] = self.values()
            elif what < 0.85:
                del self.records[dice.choice(keys)]
            else:
                one, other = dice.sample(keys, 2)
                self.decisions.append(
                    {
                        "record_key_a": ":".join(one),
                        "record_key_b": ":".join(other),
                        "decision": dice.choice(["match", "no_match"]),
                        "decided_by": "kim",
                        "decided_at": f"2026-01-{dice.randint(1, 28):02d}",
                        "reason": None,
                    }
                )
        if self.decisions and dice.random() < 0.2:
            self.decisions.pop(0)

    def rows(self) -> list[dict[str, str | None]]:
        """The records as delivered."""
        rows = [
            {"source_system": system, "source_record_id": number} | values
            for (system, number), values in self.records.items()
        ]
        if rows and self.dice.random() < 0.1:
            rows.append(self.dice.choice(rows) | {"first_name": "Copy"})
        return rows


def unchanging(folder):
    """Records that never change: what a batch touches is a small part, as it is in life."""
    generate(BACKGROUND, 5, folder, "csv")
    with (folder / "records.csv").open(encoding="utf-8", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def deliver(project, worlds, background):
    """Load what all worlds deliver."""
    project.records([*background, *(row for world in worlds for row in world.rows())])
    project.load(
        "raw_stewardship.decisions",
        [decision for world in worlds for decision in world.decisions],
        ("record_key_a", "record_key_b", "decision", "decided_by", "decided_at", "reason"),
    )


def content(project):
    """All rows of the marts."""
    return {mart: sorted(map(str, project.query(f"select * from {mart}"))) for mart in MARTS}


def check(make_project, target, seeds, folder):
    """Builds in turns, each against a rebuild of everything."""
    with make_project(target) as project:
        background = unchanging(folder)
        worlds = [World(number, seed) for number, seed in enumerate(seeds)]
        for world in worlds * 3:
            world.batch()
        deliver(project, worlds, background)
        project.run(vars=VARS)
        mended = set()
        for turn in range(ROUNDS):
            for world in worlds[turn::ROUNDS]:
                world.batch()
            deliver(project, worlds, background)
            result = project.run(vars=VARS)
            mended |= {name for name, message in result.messages.items() if " of " in message}
            incremental = content(project)
            kept = project.keep_as("idr_incremental", folder)
            project.run("--full-refresh", vars=VARS)
            full = content(project)
            for mart in MARTS:
                assert incremental[mart] == full[mart], mart
            project.restore(kept)
        assert not set(DELTAS) - mended, "not one build worked these out in part"


@settings(
    max_examples=8 if NIGHTLY else 1,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],
)
@given(seed=st.integers(0, 2**32))
def test_incremental_builds_equal_full_ones(make_project, target, tmp_path_factory, seed):
    seeds = random.Random(seed).sample(range(2**32), HISTORIES)
    check(make_project, target, seeds, tmp_path_factory.mktemp("kept"))
