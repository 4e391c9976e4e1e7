"""Which person has which records in which source, since when, and which of them are malformed."""

from dataclasses import dataclass

import numpy as np

from identity_resolution.generation.dice import Booleans, Dice, Integers
from identity_resolution.generation.population import END, moment
from identity_resolution.generation.text import occurrence

CRM, SHOP, SUPPORT = range(3)
SOURCE_SYSTEMS = ("crm", "shop", "support")

# What is wrong with a malformed row; its share of all rows.
FLAWS = {
    "none": 0.0,
    "missing_id": 0.002,
    "duplicate_id": 0.002,
    "nothing_identifying": 0.0015,
    "invalid_email": 0.0025,
    "future_birth_date": 0.001,
    "impossible_phone": 0.002,
}

_RECORDS_PER_PERSON = (0.3, 0.29, 0.22, 0.11, 0.05, 0.03)
_MEAN_RECORDS = sum((count + 1) * share for count, share in enumerate(_RECORDS_PER_PERSON))
_SOURCE_WEIGHTS = np.array([0.4, 0.37, 0.23])
# A source that has the person already: how much less likely it is to get another record.
_SECOND_IN_SOURCE = 0.3


@dataclass(frozen=True)
class Plan:
    """The rows of all sources, one source after the other, each in the order of its creation times.

    number is what the row's id is made of, person a position in the population. Times are in seconds since
    1970, flaw is a position in FLAWS.
    """

    people: int
    source: Integers
    person: Integers
    created_at: Integers
    updated_at: Integers
    number: Integers
    flaw: Integers

    def rows(self, source: int) -> tuple[int, int]:
        """Where the rows of a source begin and end."""
        start, end = np.searchsorted(self.source, [source, source + 1])
        return int(start), int(end)


def flaw(name: str) -> int:
    """The number of a flaw."""
    return list(FLAWS).index(name)


def make_plan(records: int, seed: int) -> Plan:
    """The plan of that many customer records."""
    dice = Dice(seed, "plan")
    drawn = 1 + dice.choose(int(records / _MEAN_RECORDS * 1.05) + 50, _RECORDS_PER_PERSON)
    totals = np.cumsum(drawn)
    people = int(np.searchsorted(totals, records)) + 1
    counts = drawn[:people].copy()
    counts[-1] -= totals[people - 1] - records

    person = np.repeat(np.arange(people), counts)
    source = _sources(people, person, dice)
    known_since = moment("2016-01-01") + dice.below(people, moment("2025-07-01") - moment("2016-01-01"))
    updated_at = known_since[person] + dice.below(records, END - known_since[person])
    created_at = known_since[person] + dice.below(records, updated_at - known_since[person] + 1)

    order = np.lexsort((np.arange(records), created_at, source))
    person, source = person[order], source[order]
    number = np.empty(records, dtype=np.int64)
    for each in range(len(SOURCE_SYSTEMS)):
        own = source == each
        number[own] = np.cumsum(dice.between(int(own.sum()), 1, 9))
    plan = Plan(
        people, source, person, created_at[order], updated_at[order], number, np.zeros(records, np.int64)
    )
    _make_malformed(plan, dice)
    return plan


def _sources(people: int, person: Integers, dice: Dice) -> Integers:
    """The source of each record: mostly one that does not have the person yet."""
    slot = occurrence(person)
    source = np.empty(len(person), dtype=np.int64)
    has: Booleans = np.zeros((people, len(SOURCE_SYSTEMS)), dtype=bool)
    for number in range(int(slot.max()) + 1):
        here = np.flatnonzero(slot == number)
        who = person[here]
        bounds = np.cumsum(np.where(has[who], _SECOND_IN_SOURCE, 1.0) * _SOURCE_WEIGHTS, axis=1)
        drawn = dice.uniform(len(here)) * bounds[:, -1]
        source[here] = np.minimum((drawn[:, None] >= bounds).sum(axis=1), len(SOURCE_SYSTEMS) - 1)
        has[who, source[here]] = True
    return source


def _make_malformed(plan: Plan, dice: Dice) -> None:
    """Mark the malformed rows; one with a duplicate id is an earlier delivery of the same person's row."""
    records = len(plan.person)
    keys = plan.person * len(SOURCE_SYSTEMS) + plan.source
    by_person = np.argsort(keys, kind="stable")
    again = np.flatnonzero(keys[by_person][1:] == keys[by_person][:-1])
    pairs = again[occurrence(keys[by_person][again]) == 0]
    chosen = dice.some(pairs, round(FLAWS["duplicate_id"] * records))
    earlier, later = by_person[chosen], by_person[chosen + 1]
    plan.flaw[later] = flaw("duplicate_id")
    plan.number[later] = plan.number[earlier]

    sound = np.ones(records, dtype=bool)
    sound[earlier] = sound[later] = False
    for name, share in FLAWS.items():
        if share and name != "duplicate_id":
            fits = sound & (plan.source != SUPPORT) if name == "future_birth_date" else sound
            chosen = dice.some(np.flatnonzero(fits), round(share * records))
            plan.flaw[chosen] = flaw(name)
            sound[chosen] = False
