"""Generating a folder of raw tables, which is a data set with its truth too."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from identity_resolution.errors import FailedWorkError, UserError
from identity_resolution.generation.activity import shop_orders, support_tickets
from identity_resolution.generation.dice import Dice, Integers
from identity_resolution.generation.files import FORMATS, TableFiles
from identity_resolution.generation.plan import CRM, SHOP, SOURCE_SYSTEMS, SUPPORT, Plan, flaw, make_plan
from identity_resolution.generation.population import Population, make_population
from identity_resolution.generation.sources import (
    Columns,
    crm_accounts,
    crm_contacts,
    records,
    salesforce_ids,
    shop_customers,
    shop_ids,
    support_ids,
    support_requesters,
)
from identity_resolution.generation.text import Text, constant, digits, either, is_given, join, keep, pick
from identity_resolution.generation.writing import Writer

# Files of the folder: raw tables, then the data set.
RAW_TABLES = (
    "crm_contacts", "crm_accounts", "shop_customers", "shop_orders", "support_requesters",
    "support_tickets", "truth_entities",
)  # fmt: skip
DATA_SET_TABLES = ("records", "truth")

# Rows that are written at once. Part of what a seed means: other parts have other random draws.
_PART = 100_000

_CUSTOMER_TABLES = {
    CRM: ("crm_contacts", crm_contacts),
    SHOP: ("shop_customers", shop_customers),
    SUPPORT: ("support_requesters", support_requesters),
}


_ACTIVITY_TABLES = {SHOP: ("shop_orders", shop_orders), SUPPORT: ("support_tickets", support_tickets)}


@dataclass(frozen=True)
class Generated:
    """How much was generated: customer records, people and rows of each file."""

    records: int
    people: int
    rows: dict[str, int]


def generate(
    record_count: int,
    seed: int,
    folder: Path,
    file_format: str = "csv",
    on_progress: Callable[[int], None] | None = None,
) -> Generated:
    """Write invented customer records of three source systems into a folder.

    The same arguments give the same data; as CSV, the same bytes.

    Args:
        record_count: contacts, shop customers and requesters together; about 2.4 to a person.
        seed: a non-negative integer.
        folder: made if it does not exist. Files of the same names are replaced.
        file_format: `csv` or `parquet`; all columns are text in both.
        on_progress: called with the number of customer records that were written since the last call.

    Raises:
        UserError: an argument is not allowed, the folder cannot be written to, or holds the tables in the
            other format.
        FailedWorkError: the disk is full, or fails.
    """
    _check(record_count, seed, folder, file_format)
    plan = make_plan(record_count, seed)
    population = make_population(plan.people, seed)
    try:
        with TableFiles(folder, file_format) as files:
            work = _Work(plan, population, seed, files)
            files.write("crm_accounts", crm_accounts(population, Dice(seed, "accounts")))
            for source in (CRM, SHOP, SUPPORT):
                start, end = plan.rows(source)
                for first in range(start, max(end, start + 1), _PART):
                    part = slice(first, min(first + _PART, end))
                    work.write(source, part)
                    if on_progress:
                        on_progress(part.stop - part.start)
    except OSError as error:
        raise FailedWorkError(f"cannot write to {folder}: {error.strerror or error}") from None
    return Generated(record_count, int(np.unique(plan.person).size), files.rows)


def _check(record_count: int, seed: int, folder: Path, file_format: str) -> None:
    if record_count < 1:
        raise UserError(f"--records: found {record_count}; allowed: 1 or more")
    if seed < 0:
        raise UserError(f"--seed: found {seed}; allowed: 0 or more")
    if file_format not in FORMATS:
        raise UserError(f"--format: found {file_format}; allowed: {', '.join(FORMATS)}")
    other = [
        file
        for table in (*RAW_TABLES, *DATA_SET_TABLES)
        for form in FORMATS
        if form != file_format and (file := folder / f"{table}.{form}").exists()
    ]
    if other:
        raise UserError(f"{folder} holds {other[0].name} of another run; remove it or choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"records.{file_format}").open("ab"):
            pass
    except OSError as error:
        raise UserError(f"cannot write to {folder}: {error.strerror or error}") from None


@dataclass(frozen=True)
class _Work:
    plan: Plan
    population: Population
    seed: int
    files: TableFiles

    def write(self, source: int, part: slice) -> None:
        """Write some rows of a customer table, and what goes with them: activities, records, truth."""
        name, customers = _CUSTOMER_TABLES[source]
        people, created_at = self.plan.person[part], self.plan.created_at[part]
        writer = Writer(
            self.population,
            people,
            self.plan.updated_at[part],
            self.plan.flaw[part],
            Dice(self.seed, name, part.start),
        )
        ids = keep(_ids(source, self.plan.number[part]), ~writer.has_flaw("missing_id"))
        table = customers(writer, ids, created_at)
        self.files.write(name, table)
        if source in _ACTIVITY_TABLES:
            activity, activities = _ACTIVITY_TABLES[source]
            dice = Dice(self.seed, activity, part.start)
            self.files.write(activity, activities(table, created_at, self.files.rows.get(activity, 0), dice))
        self.files.write("records", records(source, table))
        truth = _truth(source, ids, self.plan, part)
        self.files.write("truth_entities", truth)
        self.files.write("truth", truth)


def _ids(source: int, numbers: Integers) -> Text:
    if source == CRM:
        return salesforce_ids("0035g00000", numbers)
    return shop_ids(numbers) if source == SHOP else support_ids(numbers)


def _truth(source: int, ids: Text, plan: Plan, part: slice) -> Columns:
    """The entity of each id, once; a row that holds nothing identifying is an entity of its own."""
    flaws, person = plan.flaw[part], plan.person[part]
    alone = flaws == flaw("nothing_identifying")
    entity = join("P", digits(person + 1, 7))
    row = np.arange(part.start, part.stop)
    entity = either(alone, join("N", digits(row + 1, 7)), entity)
    wanted = is_given(ids) & (flaws != flaw("duplicate_id"))
    return {
        "source_system": constant(SOURCE_SYSTEMS[source], int(wanted.sum())),
        "source_record_id": pick(ids, wanted),
        "entity_id": pick(entity, wanted),
    }
