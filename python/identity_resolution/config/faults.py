"""Faults of a configuration: one line each that names the place, what was found and what is allowed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from identity_resolution.errors import UserError

SHOWN_CHARACTERS = 60
SHOWN_NAMES = 12


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where (a dotted path, or a file and its line) and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class ConfigurationError(UserError):
    """The configuration cannot be used. The message has one line for each of the `faults`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(value: Any) -> str:
    """The value as a line shows it: text in quotes, lists and mappings as JSON, cut where they are long."""
    if value is None:
        return "nothing"
    text = f"'{value}'" if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def names(allowed: Iterable[str]) -> str:
    """The names in a row, the first few if they are many."""
    listed = sorted(allowed)
    return ", ".join([*listed[:SHOWN_NAMES], "…"] if len(listed) > SHOWN_NAMES else listed) or "none"


def suggestion(found: Any, allowed: Iterable[str]) -> str:
    """The end of a line on an unknown name: the name it resembles, or else the names there are."""
    known = list(allowed)
    alike = get_close_matches(str(found).strip(), known, n=1, cutoff=0.7)
    if not alike:
        lower = {name.lower(): name for name in known}
        alike = [
            lower[match] for match in get_close_matches(str(found).strip().lower(), lower, n=1, cutoff=0.7)
        ]
    return f"did you mean {alike[0]}?" if alike else f"allowed: {names(known)}"
