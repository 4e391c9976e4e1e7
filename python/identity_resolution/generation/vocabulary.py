"""Names, places, streets and companies that people are made of, from the lists in `data/`.

A vocabulary is a column of distinct values; people hold positions in it. What is costly (folding accents,
abbreviating streets) is done here, once per value.
"""

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from identity_resolution.generation.dice import Dice, Floats, Integers, zipf
from identity_resolution.generation.text import Text, text

FEMALE, MALE = 0, 1

# First digits of subscribers' numbers that nearly every country has.
PHONE_LEADS = "345678"

# How flat the top of a frequency list is: with 12 the commonest of 16,000 surnames is that of 1 in 100.
_LAST_NAME_OFFSET = 12
_FIRST_NAME_OFFSET = 9
_PLACE_OFFSET = 12
_STREET_OFFSET = 8
_TYPE_OFFSET = 0

_UNFOLDED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "\u0131": "i"}
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def fold(value: str, is_german: bool = False) -> str:
    """The value without accents; umlauts as two letters if it is German."""
    value = value.translate(_GERMAN) if is_german else value
    parts = unicodedata.normalize("NFKD", value.translate(_UNFOLDED))
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def mail_letters(value: str) -> str:
    """What of a name can stand in an email address."""
    return "".join(letter for letter in fold(value).lower() if "a" <= letter <= "z")


@cache
def _data(name: str) -> dict[str, Any]:
    file = resources.files("identity_resolution.generation").joinpath("data", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _words(listed: str) -> list[str]:
    return [word.replace("_", " ") for word in listed.split()]


def _lines(listed: str) -> list[list[str]]:
    return [line.split("|") for line in listed.strip().splitlines()]


def _composed(stems: Sequence[str], ends: Sequence[str], count: int, step: str) -> list[str]:
    """Stems with ends in random order, the same in every run; none with a letter three times in a row."""
    pairs = [
        stem + end
        for stem in stems
        for end in ends
        if not (end[0] == stem[-1] and (stem[-2:] == end[0] * 2 or end[:2] == end[0] * 2))
    ]
    return [pairs[position] for position in Dice(0, "composed", step).order(len(pairs))[:count]]


@dataclass(frozen=True)
class Draw:
    """The part of a vocabulary to draw from: its beginning, and the weights of its values, summed up."""

    start: int
    cumulative: Floats

    def draw(self, dice: Dice, count: int) -> Integers:
        """Positions in the vocabulary."""
        return self.start + dice.pick(count, self.cumulative)


@dataclass(frozen=True)
class NameList:
    """First or last names of all cultures.

    latin, folded, native and letters are columns: the name in Latin letters, without accents, in its own
    script (null if that is Latin) and as it stands in an email address.
    """

    latin: Text
    folded: Text
    native: Text
    letters: Text
    initial: Integers
    draws: dict[str, tuple[Draw, ...]]


@dataclass(frozen=True)
class Names:
    """All names. nickname_start, nickname_count and nicknames say which first names stand for each."""

    cultures: tuple[str, ...]
    first: NameList
    last: NameList
    own_last_name: Floats
    nickname_start: Integers
    nickname_count: Integers
    nicknames: Integers


class _NameListBuilder:
    def __init__(self) -> None:
        self.latin: list[str] = []
        self.native: list[str | None] = []
        self.is_german: list[bool] = []
        self.draws: dict[str, tuple[Draw, ...]] = {}
        self.positions: dict[tuple[str, str], int] = {}

    def add(self, culture: str, entry: str) -> int:
        """The position of a new value, written `latin` or `native=latin`."""
        native, _, latin = entry.rpartition("=")
        position = len(self.latin)
        self.latin.append(latin)
        self.native.append(native or None)
        self.is_german.append(culture in ("german", "swedish"))
        self.positions.setdefault((culture, latin), position)
        return position

    def add_list(self, culture: str, entries: Iterable[str], offset: float) -> None:
        """A list to draw from, the commonest name first."""
        start = len(self.latin)
        for entry in dict.fromkeys(entries):
            self.add(culture, entry)
        draw = Draw(start, np.cumsum(zipf(len(self.latin) - start, offset)))
        self.draws[culture] = (*self.draws.get(culture, ()), draw)

    def build(self) -> NameList:
        folded = [fold(name, german) for name, german in zip(self.latin, self.is_german, strict=True)]
        return NameList(
            latin=text(self.latin),
            folded=text(folded),
            native=text(self.native),
            letters=text([mail_letters(name) for name in folded]),
            initial=np.array([ord(name[0]) for name in folded], dtype=np.int64),
            draws=self.draws,
        )


@cache
def names() -> Names:
    """The names of every culture, the long tail of rare ones composed."""
    cultures = {name: culture for name, culture in _data("names").items() if name != "nicknames"}
    first, last = _NameListBuilder(), _NameListBuilder()
    for name, culture in cultures.items():
        for gender in ("female", "male"):
            listed = _words(culture[gender])
            if f"{gender}_stems" in culture:
                stems, ends = _words(culture[f"{gender}_stems"]), _words(culture[f"{gender}_ends"])
                listed += _composed(stems, ends, culture["first_tail"], gender)
            first.add_list(name, listed, _FIRST_NAME_OFFSET)
        listed = _words(culture["last"])
        if "stems" in culture:
            listed += _composed(_words(culture["stems"]), _words(culture["ends"]), culture["tail"], name)
        last.add_list(name, listed, _LAST_NAME_OFFSET)

    short: dict[int, list[int]] = {}
    formal = [(culture, name) for culture, name in first.positions if name in _data("names")["nicknames"]]
    for culture, name in formal:
        found = []
        for nickname in _words(_data("names")["nicknames"][name]):
            position = first.positions.get((culture, nickname))
            found.append(first.add(culture, nickname) if position is None else position)
        short[first.positions[culture, name]] = found
    counts = np.zeros(len(first.latin), dtype=np.int64)
    for position, found in short.items():
        counts[position] = len(found)
    return Names(
        cultures=tuple(cultures),
        first=first.build(),
        last=last.build(),
        own_last_name=np.array([culture["own_last_name"] for culture in cultures.values()]),
        nickname_start=np.cumsum(counts) - counts,
        nickname_count=counts,
        nicknames=np.array([place for position in sorted(short) for place in short[position]]),
    )


@dataclass(frozen=True)
class Country:
    """How addresses and phones of a country are written; data/places.toml says what each part means."""

    code: str
    cultures: Integers
    culture_weights: tuple[float, ...]
    spellings: tuple[str, ...]
    locales: tuple[str, ...]
    time_zone: str
    currency: str
    postal: str
    is_number_first: bool
    number_separator: str
    max_number: int
    units: tuple[str, ...]
    unit_share: float
    trunk: str
    calling_code: str
    mobile: tuple[str, ...]
    mobile_rest: int
    mobile_leads: str
    landline_total: int
    formats: tuple[str, ...]
    international: tuple[str, ...]
    domains: tuple[str, ...]
    legal_forms: tuple[str, ...]
    places: Draw
    streets: Draw


@dataclass(frozen=True)
class Places:
    """Countries, and the columns of their places and streets.

    street_forms holds each street in three spellings, the full one first. postal_start, postal_count and
    postal_codes say how postal codes begin in each place, area_start, area_count and areas the same for area
    codes. alias_start, alias_count and aliases say how else a place is written.
    """

    countries: tuple[Country, ...]
    shares: Floats
    place: Text
    place_folded: Text
    place_native: Text
    state: Text
    state_name: Text
    postal_codes: Text
    postal_start: Integers
    postal_count: Integers
    areas: Text
    area_start: Integers
    area_count: Integers
    aliases: Text
    alias_start: Integers
    alias_count: Integers
    street_forms: tuple[Text, Text, Text]


def _ragged(lists: Sequence[Sequence[str]]) -> tuple[Text, Integers, Integers]:
    counts = np.array([len(part) for part in lists], dtype=np.int64)
    return text([value for part in lists for value in part]), np.cumsum(counts) - counts, counts


def _towns(code: str, country: dict[str, Any], listed: list[list[str]]) -> list[list[str]]:
    """Small towns, each in one of the areas of its country."""
    if "towns" not in country:
        return []
    areas = _lines(country["town_areas"]) if "town_areas" in country else [place[1:] for place in listed]
    stems, ends = _words(country["town_stems"]), _words(country["town_ends"])
    towns = _composed(stems, ends, country["towns"], f"towns of {code}")
    dice = Dice(0, "towns", code)
    drawn = dice.below(len(towns), len(areas))
    return [[town, *areas[area]] for town, area in zip(towns, drawn, strict=True)]


def _streets(country: dict[str, Any]) -> tuple[list[tuple[str, str, str]], Floats]:
    """Streets of a country in three spellings each, and their weights."""
    streets, weights = [], []
    listed, types = _words(country["streets"]), [kind.replace("_", " ") for kind in country["types"]]
    for name, name_weight in zip(listed, zipf(len(listed), _STREET_OFFSET), strict=True):
        for kind, type_weight in zip(types, zipf(len(types), _TYPE_OFFSET), strict=True):
            forms = [country["street_form"].format(name=name, type=form).strip() for form in kind.split(":")]
            streets.append((forms[0], forms[min(1, len(forms) - 1)], forms[-1]))
            weights.append(name_weight * type_weight)
    return streets, np.cumsum(np.array(weights))


@cache
def places() -> Places:
    """The countries with their places and streets."""
    data = _data("places")
    legal_forms = _data("business")["legal_forms"]
    culture_names = names().cultures
    countries: list[Country] = []
    rows: list[list[str]] = []
    state_names: list[str | None] = []
    streets: list[tuple[str, str, str]] = []
    for code, country in data.items():
        if code == "aliases":
            continue
        listed = _lines(country["places"])
        found = listed + _towns(code, country, listed)
        long_states = dict(pair.split("=") for pair in _words(country.get("states", "")))
        own_streets, street_weights = _streets(country)
        countries.append(
            Country(
                code=code,
                cultures=np.array([culture_names.index(culture) for culture in country["cultures"]]),
                culture_weights=tuple(country["cultures"].values()),
                spellings=tuple(country["spellings"]),
                locales=tuple(country["locale"]),
                time_zone=country["time_zone"],
                currency=country["currency"],
                postal=country["postal"],
                is_number_first=country["is_number_first"],
                number_separator=country.get("number_separator", " "),
                max_number=country["max_number"],
                units=tuple(country["units"]),
                unit_share=country["unit_share"],
                trunk=country["trunk"],
                calling_code=country["code"],
                mobile=tuple(country["mobile"]),
                mobile_rest=country["mobile_rest"],
                mobile_leads=country.get("mobile_leads", PHONE_LEADS),
                landline_total=country["landline_total"],
                formats=tuple(country["formats"]),
                international=tuple(country["international"]),
                domains=tuple(country["domains"]),
                legal_forms=tuple(_words(legal_forms[code])),
                places=Draw(len(rows), np.cumsum(zipf(len(found), _PLACE_OFFSET))),
                streets=Draw(len(streets), street_weights),
            )
        )
        rows += found
        state_names += [long_states.get(state, state) or None for _, state, _, _ in found]
        streets += own_streets
    written = [row[0].rpartition("=") for row in rows]
    latin = [place if mark else row[0] for row, (_, mark, place) in zip(rows, written, strict=True)]
    native = [own or None for own, _, _ in written]
    postal_codes, postal_start, postal_count = _ragged([row[2].split(",") for row in rows])
    areas, area_start, area_count = _ragged([row[3].split(",") for row in rows])
    other_ways = [
        data["aliases"].get(own or place, "").split("|") for own, place in zip(native, latin, strict=True)
    ]
    aliases, alias_start, alias_count = _ragged([[way for way in ways if way] for ways in other_ways])
    return Places(
        countries=tuple(countries),
        shares=np.array([data[country.code]["share"] for country in countries]),
        place=text(latin),
        place_folded=text([fold(place) for place in latin]),
        place_native=text(native),
        state=text([row[1] or None for row in rows]),
        state_name=text(state_names),
        postal_codes=postal_codes,
        postal_start=postal_start,
        postal_count=postal_count,
        areas=areas,
        area_start=area_start,
        area_count=area_count,
        aliases=aliases,
        alias_start=alias_start,
        alias_count=alias_count,
        street_forms=(
            text([street[0] for street in streets]),
            text([street[1] for street in streets]),
            text([street[2] for street in streets]),
        ),
    )


@dataclass(frozen=True)
class Business:
    """Parts of invented companies, and what their people do."""

    stems: Text
    ends: Text
    trades: Text
    industries: Text
    job_titles: Text
    job_title_variants: Text
    role_mailboxes: Text
    handles: Text
    handle_nouns: Text
    subjects: Text


@cache
def business() -> Business:
    """The lists of data/business.toml."""
    data = _data("business")
    trades = [trade.split("=") for trade in _words(data["industries"])]
    titles = _words(data["job_titles"])
    return Business(
        stems=text(_words(data["stems"])),
        ends=text(_words(data["ends"])),
        trades=text([trade for trade, _ in trades]),
        industries=text([industry for _, industry in trades]),
        job_titles=text(titles),
        job_title_variants=text([data["job_title_variants"].get(title, title) for title in titles]),
        role_mailboxes=text(_words(data["role_mailboxes"])),
        handles=text(_words(data["handles"])),
        handle_nouns=text(_words(data["handle_nouns"])),
        subjects=text([subject.replace("_", " ") for subject in data["subjects"].strip().split("|")]),
    )
