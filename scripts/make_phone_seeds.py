"""Derives the seeds phone_countries and phone_number_ranges from the metadata of the `phonenumbers` library.

A regular expression per country would have to be compiled for each number. So the library's patterns are turned,
by the usual subset construction, into automata over digits, and these into ranges: a number of a calling code is
valid if it begins with the prefix of one of its ranges and has one of that range's lengths. In SQL that is an
equality join. Prefixes are cut at MOST_PREFIX_DIGITS: a longer one would tell apart a few number blocks within one
area at many times the rows.

Usage: python scripts/make_phone_seeds.py [OUT_DIR]   (default: seeds/reference)
"""

from __future__ import annotations

import csv
import re
import re._constants as op
import re._parser as parser
import sys
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from phonenumbers import PhoneMetadata

KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)
DIGITS = frozenset(range(10))
LONGEST = 17
MOST_PREFIX_DIGITS = 4


class Nfa:
    """States are numbers; an edge carries a set of digits, or None for the empty word."""

    def __init__(self) -> None:
        self.edges: list[list[tuple[frozenset[int] | None, int]]] = []

    def state(self) -> int:
        self.edges.append([])
        return len(self.edges) - 1

    def add(self, items: Any, start: int) -> int:
        """Append the parsed pattern `items` behind the state `start`; returns the state that ends it."""
        for kind, value in items:
            start = self._add_one(kind, value, start)
        return start

    def _add_one(self, kind: Any, value: Any, start: int) -> int:
        end = self.state()
        if kind is op.LITERAL:
            self.edges[start].append((frozenset({int(chr(value))}), end))
        elif kind is op.IN:
            self.edges[start].append((_digits_of(value), end))
        elif kind is op.SUBPATTERN:
            self.edges[self.add(value[3], start)].append((None, end))
        elif kind is op.BRANCH:
            for branch in value[1]:
                self.edges[self.add(branch, start)].append((None, end))
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, repeated = value
            for count in range(min(int(most), LONGEST) + 1):
                if count >= least:
                    self.edges[start].append((None, end))
                if count < most:
                    start = self.add(repeated, start)
        else:
            raise ValueError(f"a pattern holds {kind}, which no phone pattern did so far")
        return end


def _digits_of(members: Any) -> frozenset[int]:
    digits: set[int] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            digits.add(int(chr(value)))
        elif kind is op.RANGE:
            digits.update(range(int(chr(value[0])), int(chr(value[1])) + 1))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            digits |= DIGITS
        else:
            raise ValueError(f"a class holds {kind}, which no phone pattern did so far")
    return frozenset(digits)


def ranges_of(patterns: list[str]) -> list[tuple[str, int, int]]:
    """(prefix, least and greatest length) of all numbers that one of the patterns matches as a whole."""
    nfa = Nfa()
    start, end = nfa.state(), nfa.state()
    for pattern in patterns:
        nfa.edges[nfa.add(parser.parse(pattern), start)].append((None, end))

    def closure(states: frozenset[int]) -> frozenset[int]:
        reached, waiting = set(states), list(states)
        while waiting:
            for digits, target in nfa.edges[waiting.pop()]:
                if digits is None and target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return frozenset(reached)

    @cache
    def step(states: frozenset[int], digit: int) -> frozenset[int]:
        moved = {
            target
            for state in states
            for digits, target in nfa.edges[state]
            if digits is not None and digit in digits
        }
        return closure(frozenset(moved))

    @cache
    def rest(states: frozenset[int], length: int) -> frozenset[str]:
        """The shortest prefixes after which every word of `length` digits is accepted; {""} means all words are."""
        if length == 0:
            return frozenset({""}) if end in states else frozenset()
        if not states:
            return frozenset()
        after = [rest(step(states, digit), length - 1) for digit in range(10)]
        if all(prefixes == {""} for prefixes in after):
            return frozenset({""})
        return frozenset(f"{digit}{prefix}" for digit, prefixes in enumerate(after) for prefix in prefixes)

    first = closure(frozenset({start}))
    lengths: dict[str, set[int]] = {}
    for length in range(3, LONGEST + 1):
        for prefix in _with_families_joined({prefix[:MOST_PREFIX_DIGITS] for prefix in rest(first, length)}):
            lengths.setdefault(prefix, set()).add(length)
    return [
        (prefix, least, greatest)
        for prefix, found in sorted(lengths.items())
        for least, greatest in _runs(sorted(found))
    ]


def _with_families_joined(prefixes: set[str]) -> set[str]:
    """Ten prefixes that differ in their last digit only are the prefix before it."""
    for size in range(MOST_PREFIX_DIGITS, 0, -1):
        for parent in {prefix[:-1] for prefix in prefixes if len(prefix) == size}:
            children = {f"{parent}{digit}" for digit in range(10)}
            if children <= prefixes:
                prefixes = (prefixes - children) | {parent}
    return prefixes


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def main() -> None:
    """Write both seeds."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "seeds/reference")
    countries, ranges = [], []
    for calling_code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        patterns: list[str] = []
        for region in regions:
            metadata = PhoneMetadata.metadata_for_region(region, None)
            if metadata is None:
                continue
            countries.append(
                (
                    region,
                    calling_code,
                    _international_prefix(metadata.international_prefix),
                    metadata.national_prefix or "",
                    int(region == regions[0]),
                )
            )
            for kind in KINDS:
                description = getattr(metadata, kind)
                if description is not None and description.national_number_pattern:
                    patterns.append(description.national_number_pattern)
        ranges += [(calling_code, *found) for found in ranges_of(list(dict.fromkeys(patterns)))]
    _write(
        out / "phone_countries.csv",
        ("country_code", "calling_code", "international_prefix", "national_prefix", "is_main_country"),
        sorted(countries),
    )
    _write(
        out / "phone_number_ranges.csv",
        ("calling_code", "number_prefix", "least_length", "greatest_length"),
        ranges,
    )


def _international_prefix(pattern: str | None) -> str:
    """What is dialled before a calling code, without the choice of a carrier."""
    prefixes = ("011", "0011", "00", "010", "810", "001", "009", "000", "119")
    return next((prefix for prefix in prefixes if re.fullmatch(pattern or "", prefix)), "")


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
