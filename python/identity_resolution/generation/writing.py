"""How records come to hold what they hold of people: spellings, formats, gaps, habits and mistakes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow.compute as pc

from identity_resolution.generation.dice import Booleans, Dice, Floats, Integers, zipf
from identity_resolution.generation.mistakes import mistype, spoil
from identity_resolution.generation.plan import flaw
from identity_resolution.generation.population import NEVER, SUFFIXES, Population, mixed
from identity_resolution.generation.text import (
    Text,
    beginning,
    change,
    digits,
    either,
    first_of,
    is_given,
    join,
    join_by_turns,
    keep,
    matches,
    nulls,
    pick,
    put,
    substitute,
    take,
    text,
    without_beginning,
)
from identity_resolution.generation.vocabulary import FEMALE, MALE, business, names, places

PLACEHOLDER_EMAILS = ("test@test.com", "none@none.com", "noemail@example.com", "a@a.com", "na@na.com")
PLACEHOLDER_PHONES = ("0000000000", "1111111111", "9999999999", "1234567890", "000-000-0000")
PLACEHOLDER_NAMES = ("Unknown", "-", ".", "N/A", "Customer")
IMPOSSIBLE_PHONES = ("12345", "call me", "555-12", "+999 12345678", "12345678901234567890", "ask at desk")
PLACEHOLDER_BIRTH_DAY = "1900-01-01"

_DOMAIN_MISTAKES = (
    ("gmail.com", "gmial.com"), ("gmail.com", "gmai.com"), ("gmail.com", "gmail.con"), (".com", ".co"),
    ("yahoo.com", "yaho.com"), ("hotmail", "hotmial"), ("hotmail", "hotmai"), ("outlook", "outlok"),
)  # fmt: skip

_SUFFIX_FORMS = {"Jr": ("Jr.", "Jr", "JR"), "Sr": ("Sr.", "Sr", "SR"), "II": ("II",), "III": ("III", "3rd")}

# Of women and of men, the common one first; other countries write them as the US do.
_TITLES = {
    "US": (("Ms.", "Mrs.", "Dr."), ("Mr.", "Mr.", "Dr.")),
    "DE": (("Frau", "Frau Dr.", "Fr."), ("Herr", "Herr Dr.", "Hr.")),
    "FR": (("Mme", "Mlle", "Dr"), ("M.", "Monsieur", "Dr")),
    "ES": (("Sra.", "Dña.", "Dra."), ("Sr.", "D.", "Dr.")),
    "MX": (("Sra.", "Lic.", "Dra."), ("Sr.", "Lic.", "Dr.")),
    "IT": (("Sig.ra", "Dott.ssa", "Avv."), ("Sig.", "Dott.", "Ing.")),
    "NL": (("Mevr.", "Mw.", "Drs."), ("Dhr.", "Dhr.", "Ir.")),
}

# Where a comma often stands between street and number: in which share.
_COMMA = {"FR": 0.3, "ES": 0.4, "IT": 0.3, "MX": 0.15, "GB": 0.03}

_GENDERS = ("Female", "Male", "Other", "F", "M", "X", "female", "male", "Non-binary")


@dataclass(frozen=True)
class NameHabits:
    """In which share of a source's records names are written in a given way, or wrongly."""

    nickname: float
    initial: float
    middle: float
    second_last_name: float
    folded: float
    native: float
    swapped: float
    upper: float
    lower: float
    typing: float
    scanning: float
    hearing: float


@dataclass(frozen=True)
class WrittenName:
    """A name as a source has it; is_native marks those in a script of their own."""

    first: Text
    middle: Text
    last: Text
    is_native: Booleans


@dataclass(frozen=True)
class WrittenAddress:
    """An address as a source has it; the unit is no part of the street."""

    street: Text
    unit: Text
    city: Text
    state_code: Text
    state_name: Text
    postal_code: Text


def cased(values: Text, upper: Booleans, lower: Booleans) -> Text:
    """The values in upper or lower case where the masks say so."""
    return change(change(values, lower, pc.utf8_lower), upper, pc.utf8_upper)


def _local_part(addresses: Text) -> Text:
    return substitute(addresses, "@.*$", "")


def _at_domain(addresses: Text) -> Text:
    return substitute(addresses, "^[^@]*", "")


class Writer:
    """Writes what one source holds of some people, one record each.

    who: positions in the population; when: seconds since 1970; flaws: positions in plan.FLAWS.
    """

    def __init__(
        self, population: Population, who: Integers, when: Integers, flaws: Integers, dice: Dice
    ) -> None:
        self.population = population
        self.who = who
        self.when = when
        self.flaws = flaws
        self.dice = dice
        self.count = len(who)
        self.country = population.country[who]
        self.company = population.company[who]
        self.is_business = self.company >= 0

    # Draws

    def chance(self, probability: float) -> Booleans:
        """True for that share of the records."""
        return self.dice.chance(self.count, probability)

    def has_flaw(self, name: str) -> Booleans:
        """Which records are malformed in this way."""
        has: Booleans = self.flaws == flaw(name)
        return has

    def one_of(self, values: Sequence[str], weights: Sequence[float] | None = None) -> Text:
        """One of the values for each record."""
        return take(text(values), self.dice.choose(self.count, weights or [1.0] * len(values)))

    def position_by(self, *choices: tuple[float, Integers]) -> Integers:
        """One of several positions for each record.

        The choices are tried in turn: each is taken with its probability, where it has a position; -1 where
        none was taken.
        """
        chosen = np.full(self.count, -1)
        for probability, positions in choices:
            takes = (chosen < 0) & (positions >= 0) & self.chance(probability)
            chosen = np.where(takes, positions, chosen)
        return chosen

    def by_country(self, write: Callable[[int, Booleans], Text]) -> Text:
        """What the function returns for the records of each country."""
        written = nulls(self.count)
        for number in np.unique(self.country):
            here = self.country == number
            written = put(written, here, write(int(number), here))
        return written

    def current(self, versions: Integers, changed_at: Integers) -> Integers:
        """The positions that hold at the records' times, of versions before and after a change."""
        return versions[(self.when >= changed_at[self.who]).astype(np.int64), self.who]

    # Names

    def name(self, habits: NameHabits) -> WrittenName:
        """First, middle and last name, as the source's habits have it."""
        people, who = self.population, self.who
        # who goes by a nickname does so nearly everywhere
        wont = np.where(mixed(who) % 100 < 35, 2.2, 0.35)
        is_short = (people.nickname[who] >= 0) & self.dice.chance(self.count, wont * habits.nickname)
        first_name = np.where(is_short, people.nickname[who], people.first_name[who])
        last_name = self.current(people.last_name, people.last_name_changed_at)
        is_native = (mixed(who, who) % 100 < 75) & self.chance(habits.native)
        is_folded = self.chance(habits.folded)

        def spelt(positions: Integers, is_first: bool) -> Text:
            listed = names().first if is_first else names().last
            latin = either(is_folded, take(listed.folded, positions), take(listed.latin, positions))
            return first_of(take(listed.native, np.where(is_native, positions, -1)), latin)

        is_native &= is_given(take(names().last.native, last_name))
        first, last = spelt(first_name, True), spelt(last_name, False)
        is_married = (last_name != people.last_name[0, who]) & (people.last_name_changed_at[who] < NEVER)
        earlier = spelt(np.where(is_married & self.chance(0.12), people.last_name[0, who], -1), False)
        last = join(last, earlier, separator="-")
        has_second = self.chance(habits.second_last_name)
        last = join(last, spelt(np.where(has_second, people.second_last_name[who], -1), False), separator=" ")

        middle = spelt(np.where(self.chance(habits.middle), people.middle_name[who], -1), True)
        form = self.dice.choose(self.count, (0.35, 0.4, 0.25))
        initial = beginning(middle)
        middle = keep(join_by_turns(form, [(middle,), (initial,), (initial, ".")]), is_given(middle))

        first = self._shortened(first, habits.initial)
        for_latin = np.where(is_native, 0.0, 1.0)
        spoilt = partial(
            spoil,
            dice=self.dice,
            typing=habits.typing * for_latin,
            scanning=habits.scanning * for_latin,
            hearing=habits.hearing * for_latin,
        )
        first, last = spoilt(first), spoilt(last)
        swapped = self.chance(habits.swapped)
        first, last = either(swapped, last, first), either(swapped, first, last)
        upper, lower = self.chance(habits.upper), self.chance(habits.lower)
        return WrittenName(
            cased(first, upper, lower), cased(middle, upper, lower), cased(last, upper, lower), is_native
        )

    def _shortened(self, first: Text, initial_share: float) -> Text:
        """Initials, and compound names with one part or without the hyphen."""
        is_compound = matches(first, "^.{2,}[- ].")
        loses_part = is_compound & self.chance(0.2)
        first = change(first, loses_part, lambda values: substitute(values, "[- ].*", ""))
        loses_hyphen = is_compound & self.chance(0.2)
        first = change(first, loses_hyphen, lambda values: substitute(values, "-", " "))
        first = change(first, self.chance(initial_share), beginning)
        return change(first, matches(first, "^[A-Z]$") & self.chance(0.5), lambda values: join(values, "."))

    def suffix(self, share: float) -> Text:
        """Jr, Sr and the like, for that share of those who have one; Sr is told more rarely."""
        suffixes = self.population.suffix[self.who]
        told = self.chance(share) & ((suffixes != SUFFIXES.index("Sr")) | self.chance(0.4))
        written = nulls(self.count)
        for name, forms in _SUFFIX_FORMS.items():
            here = told & (suffixes == SUFFIXES.index(name))
            written = put(written, here, take(text(forms), self.dice.below(int(here.sum()), len(forms))))
        return written

    def title(self, share: float) -> Text:
        """Mr, Mrs, Dr and the like for that share, in the manner of the country."""
        which = self.dice.choose(self.count, (0.75, 0.15, 0.1))
        gender = self.population.gender[self.who]

        def write(number: int, here: Booleans) -> Text:
            by_gender = _TITLES.get(places().countries[number].code, _TITLES["US"])
            return take(text([*by_gender[FEMALE], *by_gender[MALE]]), gender[here] * 3 + which[here])

        return keep(self.by_country(write), self.chance(share))

    def gender(self, share: float) -> Text:
        """Gender, in one of several forms, for that share; rarely a wrong one."""
        gender = self.population.gender[self.who]
        gender = np.where(self.chance(0.004), 1 - gender, gender)
        gender = np.where(mixed(self.who, self.who, self.who) % 150 == 0, 2, gender)
        form = self.dice.choose(self.count, (0.6, 0.25, 0.15))
        return keep(take(text(_GENDERS), form * 3 + gender), self.chance(share))

    def tax_id(self, share: float) -> Text:
        """An invented official number, of ranges that are not in use, for that share."""
        noise = mixed(self.who, self.country)
        number = digits(noise % 10**7, 7)
        us_number = join("9", beginning(number, 2), "-0", beginning(without_beginning(number, 2), 1), "-")
        us_number = join(us_number, without_beginning(number, 3))
        code = np.array([country.code for country in places().countries])[self.country]
        written = join_by_turns(
            np.where(code == "US", 0, np.where(code == "GB", 1, 2)),
            [(us_number,), ("QQ", beginning(number, 6), "C"), ("00", number)],
        )
        return keep(spoil(written, self.dice, typing=0.015), self.chance(share))

    # Email

    def email(self, positions: Integers) -> Text:
        """The mailboxes at the positions (-1 is none), in the ways in which people give their address."""
        written = take(self.population.mailboxes, positions)
        given = is_given(written)
        tags = self.one_of(("+shop", "+news", "+orders", "+1", "+spam"))
        tagged = given & self.chance(0.02)
        tag = pick(tags, tagged)
        written = change(written, tagged, lambda values: join(_local_part(values), tag, _at_domain(values)))
        dotted = matches(written, "@gmail.com$") & self.chance(0.05)
        has_dot = matches(written, r"^[^@]*\.")
        written = change(written, dotted & has_dot, lambda values: substitute(values, r"\.(.*@)", r"\1"))
        written = change(written, dotted & ~has_dot, lambda values: substitute(values, "^(.)", r"\1."))
        mistyped = given & self.chance(0.012)
        written = change(
            written,
            mistyped,
            lambda values: join(mistype(_local_part(values), self.dice), _at_domain(values)),
        )
        for old, new in _DOMAIN_MISTAKES:
            here = given & self.chance(0.0015)
            written = change(written, here, partial(pc.replace_substring, pattern=old, replacement=new))
        written = cased(written, self.chance(0.015), np.zeros(self.count, dtype=bool))
        written = change(written, self.chance(0.03), pc.utf8_capitalize)
        written = either(given & self.chance(0.006), self.one_of(PLACEHOLDER_EMAILS), written)
        return change(written, self.has_flaw("invalid_email"), self._invalid)

    def _invalid(self, addresses: Text) -> Text:
        addresses = addresses.fill_null("customer@example.com")
        local, domain = _local_part(addresses), without_beginning(_at_domain(addresses))
        forms = [(local,), (local, "@"), (local, "@@", domain), ("@", domain), (local, " at ", domain)]
        return join_by_turns(self.dice.below(len(addresses), len(forms)), forms)

    # Phone

    def phone(self, positions: Integers, international: float, extension: float | Floats = 0.0) -> Text:
        """The numbers at the positions (-1 is none): that share in the international format, others local."""
        table = self.population.phones
        country = np.where(positions >= 0, table.country[positions], -1)
        is_international = self.chance(international)
        written = nulls(self.count)
        for number, nation in enumerate(places().countries):
            for formats, wanted in ((nation.formats, False), (nation.international, True)):
                here = (country == number) & (is_international == wanted)
                if here.any():
                    written = put(written, here, self._formatted(positions[here], formats))
        given = is_given(written)
        extended = given & self.dice.chance(self.count, extension)
        separators = pick(self.one_of((" x", " ext. ", " ext ", ", ext ", "x")), extended)
        numbers = digits(self.dice.between(int(extended.sum()), 100, 899), 3)
        written = change(written, extended, lambda values: join(values, separators, numbers))
        written = spoil(written, self.dice, typing=0.01)
        written = either(given & self.chance(0.009), self.one_of(PLACEHOLDER_PHONES), written)
        return either(self.has_flaw("impossible_phone"), self.one_of(IMPOSSIBLE_PHONES), written)

    def _formatted(self, positions: Integers, formats: Sequence[str]) -> Text:
        table = self.population.phones
        head, tail = take(table.head, positions), take(table.tail, positions)
        fields = {"a": take(table.area, positions), "h": head, "t": tail, "r": join(head, tail)}
        if any(letter in pattern for pattern in formats for letter in "pd"):
            fields["p"] = pc.utf8_rtrim_whitespace(substitute(fields["r"], r"(\d\d)", r"\1 "))
            fields["d"] = pc.replace_substring(fields["p"], " ", ".")
        turns = self.dice.choose(len(positions), zipf(len(formats), 0))
        return join_by_turns(turns, [[fields.get(sign, sign) for sign in pattern] for pattern in formats])

    # Birth date

    def birth_date(self, share: float) -> tuple[Text, Text, Text]:
        """Year, month and day of birth in digits, for that share of the records; with mistakes.

        Day and month change places, digits are wrong, only the year is known (1 January), or the date is a
        placeholder.
        """
        born = self.population.birth_day[self.who].astype("datetime64[D]")
        year = np.asarray(born.astype("datetime64[Y]").astype(np.int64)) + 1970
        month = np.asarray(born.astype("datetime64[M]").astype(np.int64)) % 12 + 1
        day_of_month = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
        swapped = (day_of_month <= 12) & self.chance(0.025)
        month, day_of_month = np.where(swapped, day_of_month, month), np.where(swapped, month, day_of_month)
        years_off = np.array([-10, -1, 1, 10])[self.dice.below(self.count, 4)]
        year = year + np.where(self.chance(0.01), years_off, 0)
        other_day = 1 + (day_of_month + self.dice.below(self.count, 9)) % 28
        day_of_month = np.where(self.chance(0.012), other_day, day_of_month)
        wrong_month = self.chance(0.006)
        month = np.where(wrong_month, 1 + month % 12, month)
        only_year = self.chance(0.01)
        placeholder = self.chance(0.012)
        new_year = only_year | placeholder
        month, day_of_month = np.where(new_year, 1, month), np.where(new_year, 1, day_of_month)
        year = np.where(placeholder, int(PLACEHOLDER_BIRTH_DAY[:4]), year)
        day_of_month = np.minimum(day_of_month, _DAYS[month])
        future = self.has_flaw("future_birth_date")
        year = np.where(future, 2027 + self.dice.below(self.count, 60), year)
        told = self.chance(share) | future
        return (
            keep(digits(year, 4), told),
            keep(digits(month, 2), told),
            keep(digits(day_of_month, 2), told),
        )

    # Address

    def address(self, positions: Integers, is_native: Booleans) -> WrittenAddress:
        """The addresses at the positions (-1 is none)."""
        table, data, dice = self.population.addresses, places(), self.dice
        given = positions >= 0
        place = np.where(given, table.place[positions], -1)
        country = np.where(given, table.country[positions], -1)

        street = np.where(given, table.street[positions], -1)
        form = dice.choose(self.count, (0.5, 0.33, 0.17))
        line = join_by_turns(form, [(take(forms, street),) for forms in data.street_forms])
        line = keep(line, given)
        number = keep(digits(np.where(given, table.number[positions], 0), 1), given)
        first = np.array([nation.is_number_first for nation in data.countries])[country]
        separators = np.array([nation.number_separator for nation in data.countries])[country]
        commas = np.array([_COMMA.get(nation.code, 0.01) for nation in data.countries])[country]
        comma = dice.chance(self.count, commas)
        line = join_by_turns(
            np.where(first, 0, np.where(separators == "", 1, 2)) + np.where(comma, 3, 0),
            [
                (number, " ", line),
                (line, number),
                (line, " ", number),
                (number, ", ", line),
                (line, number),
                (line, ", ", number),
            ],
        )
        line = spoil(keep(line, given), dice, typing=0.022, hearing=0.004)
        upper, lower = self.chance(0.025), self.chance(0.03)
        unit = self._unit(np.where(given, table.unit_style[positions], -1), positions)

        city = first_of(
            take(data.place_native, np.where(is_native, place, -1)),
            either(self.chance(0.3), take(data.place_folded, place), take(data.place, place)),
        )
        aliases = np.where(given, data.alias_count[place], 0)
        has_alias = (aliases > 0) & ~is_native & self.chance(0.14)
        alias = data.alias_start[place] + dice.below(self.count, np.maximum(aliases, 1))
        city = first_of(take(data.aliases, np.where(has_alias, alias, -1)), city)
        city = spoil(city, dice, typing=0.015)

        postal_code = spoil(take(table.postal_code, positions), dice, typing=0.01)
        postal_code = change(postal_code, self.chance(0.06), lambda values: substitute(values, " ", ""))
        # a spreadsheet has made a number of it
        numeric = matches(postal_code, r"^0\d{4}$") & self.chance(0.06)
        postal_code = change(postal_code, numeric, without_beginning)
        return WrittenAddress(
            street=cased(line, upper, lower),
            unit=keep(unit, self.chance(0.8)),
            city=keep(cased(city, upper, lower), self.chance(0.97)),
            state_code=take(data.state, place),
            state_name=take(data.state_name, place),
            postal_code=keep(postal_code, self.chance(0.96)),
        )

    def _unit(self, style: Integers, positions: Integers) -> Text:
        """Flats in the manner of the country, mostly in the same words in every record."""
        other = self.chance(0.2)
        table, written = self.population.addresses, nulls(self.count)
        country = np.where(positions >= 0, table.country[positions], -1)
        number = digits(table.unit[positions], 1)
        for code, nation in enumerate(places().countries):
            here = (style >= 0) & (country == code)
            if not here.any():
                continue
            chosen = np.where(other[here], self.dice.below(int(here.sum()), len(nation.units)), style[here])
            own = pick(number, here)
            forms = [
                [own if part == "{n}" else part for part in _template_parts(unit)] for unit in nation.units
            ]
            written = put(written, here, join_by_turns(chosen, forms))
        return written

    def country_name(self, share: float) -> Text:
        """The country in one of its spellings, for that share."""

        def write(number: int, here: Booleans) -> Text:
            spellings = places().countries[number].spellings
            chosen = self.dice.choose(int(here.sum()), zipf(len(spellings), 0))
            return take(text(spellings), chosen)

        return keep(self.by_country(write), self.chance(share))

    # Work

    def company_name(self, share: float) -> Text:
        """The employer as people write it, mostly without the legal form, for that share of the employees."""
        companies = self.population.companies
        written = either(
            self.chance(0.6), take(companies.short_name, self.company), take(companies.name, self.company)
        )
        written = cased(spoil(written, self.dice, typing=0.01), self.chance(0.05), self.chance(0.05))
        return keep(written, self.chance(share))

    def job_title(self, share: float) -> Text:
        """What the person does there, for that share of the employees."""
        job = self.population.job[self.who]
        titles = business()
        written = either(self.chance(0.2), take(titles.job_title_variants, job), take(titles.job_titles, job))
        return keep(cased(written, self.chance(0.02), self.chance(0.05)), self.chance(share))

    # Malformed rows

    def identifying(self, values: Text) -> Text:
        """The values, with nulls in the rows that are to hold nothing identifying."""
        return keep(values, ~self.has_flaw("nothing_identifying"))


_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def _template_parts(template: str) -> list[str]:
    before, mark, after = template.partition("{n}")
    return [part for part in (before, mark, after) if part]
