"""The people behind the records: who lives, works and shares what with whom, and what changes with time.

Each person holds positions in the tables of names, addresses, phones and mailboxes, so that a household's
address or a recycled phone is one number in two places. What changes has two versions and the time of the
change.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from identity_resolution.generation.dice import Booleans, Dice, Integers, zipf
from identity_resolution.generation.mistakes import shuffled_letters
from identity_resolution.generation.text import (
    Text,
    beginning,
    codes,
    concatenate,
    digits,
    either,
    join,
    join_by_turns,
    nulls,
    occurrence,
    pick,
    put,
    substitute,
    take,
    text,
    without_beginning,
)
from identity_resolution.generation.vocabulary import FEMALE, MALE, PHONE_LEADS, business, names, places

DAY = 86_400
NEVER = np.iinfo(np.int64).max
SUFFIXES = ("", "Jr", "Sr", "II", "III")

HEAD, PARTNER, CHILD = range(3)

_HOUSEHOLD_SIZES = (0.58, 0.26, 0.1, 0.06)
_PARTNER = 0.82
_OTHER_CULTURE = 0.12
_TWINS = 0.22
_ALIKE_TWINS = 0.6
_NAMESAKE_SON = 0.09
_LONE_JUNIOR = 0.012
_MARRIED_NAME = 0.45
_NAME_CHANGE_OF_SINGLE = 0.03
_STRANGER_OF_ONE_NAME = 0.008
_COMMON_FIRST_NAMES = 60
_COMMON_LAST_NAMES = 80
_NEIGHBOUR_IN_THE_BUILDING = 0.25
_MOVED = 0.15
_LEFT_HOME = 0.2
_MOVED_WITHIN_PLACE = 0.65
_NEW_PHONE = 0.2
_RECYCLED_PHONE = 0.012
_LANDLINE = 0.5
_EMPLOYED = 0.38
_PEOPLE_PER_COMPANY = 4.2
_PERSONAL_EMAIL = 0.95
_OTHER_EMAIL = 0.2
_FAMILY_MAILBOX = 0.22


def day(date: str) -> int:
    """The day of a date, counted from 1970."""
    return int(np.datetime64(date, "D").astype(np.int64))


def moment(date: str) -> int:
    """The first second of a date, counted from 1970."""
    return day(date) * DAY


# The demo's world has no today of its own: everything happens before this time.
END = moment("2026-07-01")


@dataclass(frozen=True)
class Addresses:
    """A table of homes and offices. unit_style is -1 where there is no unit."""

    country: Integers
    place: Integers
    street: Integers
    number: Integers
    unit_style: Integers
    unit: Integers
    postal_code: Text


@dataclass(frozen=True)
class Phones:
    """A table of phone numbers: country, area code and the two halves of the rest."""

    country: Integers
    area: Text
    head: Text
    tail: Text


@dataclass(frozen=True)
class Companies:
    """A table of companies. short_name is the name without its legal form."""

    country: Integers
    name: Text
    short_name: Text
    domain: Text
    industry: Text
    phone: Integers
    address: Integers
    mailbox: Integers


@dataclass(frozen=True)
class Population:
    """People, one per position. A position of -1 in another table means that there is none.

    last_name, home and mobile have two rows: before and after the time in the field that follows them.
    """

    country: Integers
    culture: Integers
    gender: Integers
    first_name: Integers
    middle_name: Integers
    nickname: Integers
    last_name: Integers
    last_name_changed_at: Integers
    second_last_name: Integers
    suffix: Integers
    birth_day: Integers
    household: Integers
    head: Integers
    role: Integers
    home: Integers
    moved_at: Integers
    mobile: Integers
    mobile_changed_at: Integers
    landline: Integers
    email: Integers
    other_email: Integers
    family_email: Integers
    company: Integers
    job: Integers
    work_email: Integers
    addresses: Addresses
    phones: Phones
    companies: Companies
    mailboxes: Text

    def __len__(self) -> int:
        return len(self.country)


def make_population(count: int, seed: int) -> Population:
    """That many people, in whole or, at the end, cut households."""
    families = _Families(count, Dice(seed, "families"))
    addresses = _AddressBook(families, Dice(seed, "addresses"))
    companies = _Employment(families, addresses, Dice(seed, "companies"))
    phones = _PhoneBook(families, addresses, companies, Dice(seed, "phones"))
    mail = _Mailboxes(families, companies, Dice(seed, "mailboxes"))
    return Population(
        country=families.country,
        culture=families.culture,
        gender=families.gender,
        first_name=families.first_name,
        middle_name=families.middle_name,
        nickname=families.nickname,
        last_name=families.last_name,
        last_name_changed_at=families.last_name_changed_at,
        second_last_name=families.second_last_name,
        suffix=families.suffix,
        birth_day=families.birth_day,
        household=families.household,
        head=families.head,
        role=families.role,
        home=addresses.home,
        moved_at=addresses.moved_at,
        mobile=phones.mobile,
        mobile_changed_at=phones.mobile_changed_at,
        landline=phones.landline,
        email=mail.email,
        other_email=mail.other_email,
        family_email=mail.family_email,
        company=companies.company,
        job=companies.job,
        work_email=mail.work_email,
        addresses=addresses.table(Dice(seed, "streets")),
        phones=phones.table,
        companies=Companies(
            country=companies.country,
            name=companies.name,
            short_name=companies.short_name,
            domain=companies.domain,
            industry=companies.industry,
            phone=phones.switchboard,
            address=companies.address,
            mailbox=mail.company_mailbox,
        ),
        mailboxes=mail.table,
    )


def _some_time(dice: Dice, count: int, first: str) -> Integers:
    """Times from the first date to the end."""
    start = moment(first)
    return start + dice.below(count, END - start)


class _Families:
    """Households and their members, with names, birth dates and the traps among them."""

    def __init__(self, count: int, dice: Dice) -> None:
        sizes = 1 + dice.choose(count, _HOUSEHOLD_SIZES)
        self.household = np.repeat(np.arange(count), sizes)[:count]
        self.household_count = int(self.household[-1]) + 1
        self.position = occurrence(self.household)
        self.size = np.bincount(self.household)[self.household]
        self.head = np.flatnonzero(self.position == 0)[self.household]
        self.role = np.where(self.position == 0, HEAD, CHILD)
        self.role[(self.position == 1) & dice.chance(count, _PARTNER)] = PARTNER

        self.household_country = dice.choose(self.household_count, places().shares)
        self.culture = self._cultures(dice)
        self.gender = dice.below(count, 2)
        other_gender = (self.role == PARTNER) & dice.chance(count, 0.94)
        self.gender[other_gender] = 1 - self.gender[self.head[other_gender]]
        self.birth_day = self._birth_days(dice)
        self._name(dice)
        self._make_namesakes(dice)
        self.household_twin = self._make_strangers_of_one_name(dice)
        self.country = self.household_country[self.household]
        self.nickname = self._nicknames(dice)

    def _cultures(self, dice: Dice) -> Integers:
        country = self.household_country[self.household]
        culture = np.empty(len(country), dtype=np.int64)
        for number, nation in enumerate(places().countries):
            here = np.flatnonzero(country == number)
            culture[here] = nation.cultures[dice.choose(len(here), nation.culture_weights)]
        is_own = (self.role == PARTNER) & dice.chance(len(country), _OTHER_CULTURE)
        return np.where(is_own, culture, culture[self.head])

    def _birth_days(self, dice: Dice) -> Integers:
        count = len(self.household)
        has_child = np.zeros(self.household_count, dtype=bool)
        has_child[self.household[self.role == CHILD]] = True
        is_parent = has_child[self.household]
        spread = dice.bell(count, 1.0)
        age = np.where(is_parent, np.clip(53 + 7 * spread, 41, 82), np.clip(46 + 15 * spread, 19, 90))
        age = np.where(self.role == PARTNER, np.clip(age[self.head] + dice.bell(count, 3.5), 19, 90), age)
        younger = 21 + 17 * dice.uniform(count)
        age = np.where(self.role == CHILD, np.maximum(age[self.head] - younger, 15), age)
        born = (day("2026-01-01") - age * 365.25 - dice.uniform(count) * 365).astype(np.int64)
        twin = (self.position == 3) & (self.role == CHILD) & dice.chance(count, _TWINS)
        self.twin = np.flatnonzero(twin)
        born[self.twin] = born[self.twin - 1]
        return born

    def _draw_first_names(self, dice: Dice, who: Integers) -> Integers:
        drawn = np.empty(len(who), dtype=np.int64)
        culture, gender = self.culture[who], self.gender[who]
        for number, name in enumerate(names().cultures):
            for kind in (FEMALE, MALE):
                here = np.flatnonzero((culture == number) & (gender == kind))
                drawn[here] = names().first.draws[name][kind].draw(dice, len(here))
        return drawn

    def _draw_last_names(self, dice: Dice) -> Integers:
        drawn = np.empty(len(self.culture), dtype=np.int64)
        for number, name in enumerate(names().cultures):
            here = np.flatnonzero(self.culture == number)
            drawn[here] = names().last.draws[name][0].draw(dice, len(here))
        return drawn

    def _name(self, dice: Dice) -> None:
        count = len(self.household)
        everyone = np.arange(count)
        self.first_name = self._draw_first_names(dice, everyone)
        self._tell_apart(dice)
        initial = names().first.initial
        alike = self.twin[dice.chance(len(self.twin), _ALIKE_TWINS)]
        for _ in range(12):
            brother, drawn = self.first_name[alike - 1], self._draw_first_names(dice, alike)
            fits = (initial[drawn] == initial[brother]) & (drawn != brother)
            self.first_name[alike[fits]] = drawn[fits]
            alike = alike[~fits]

        cultures = names().cultures
        has_middle = dice.chance(count, np.where(self.culture == cultures.index("anglo"), 0.75, 0.3))
        has_middle &= ~np.isin(self.culture, [cultures.index(name) for name in ("japanese", "chinese")])
        middle = self._draw_first_names(dice, everyone)
        self.middle_name = np.where(has_middle & (middle != self.first_name), middle, -1)

        own = self._draw_last_names(dice)
        keeps = dice.chance(count, names().own_last_name[self.culture[self.head]])
        shares = (self.role == CHILD) | ((self.role == PARTNER) & ~keeps)
        shared = np.where(shares, own[self.head], own)
        married = (self.role == PARTNER) & ~keeps & dice.chance(count, _MARRIED_NAME)
        changed_alone = (self.role == HEAD) & dice.chance(count, _NAME_CHANGE_OF_SINGLE)
        changed = (married | (changed_alone & (self.size == 1))) & (self.gender == FEMALE)
        earlier = np.where(married, own, self._draw_last_names(dice))
        self.last_name = np.stack([np.where(changed, earlier, shared), shared])
        self.last_name_changed_at = np.where(changed, _some_time(dice, count, "2012-01-01"), NEVER)
        is_hispanic = self.culture == cultures.index("hispanic")
        self.second_last_name = np.where(is_hispanic, self._draw_last_names(dice), -1)

    def _tell_apart(self, dice: Dice) -> None:
        """Other first names for members of a household who would have that of one before them."""
        for distance in range(1, len(_HOUSEHOLD_SIZES)):
            who = np.flatnonzero(self.position >= distance)
            for _ in range(8):
                who = who[self.first_name[who] == self.first_name[who - distance]]
                self.first_name[who] = self._draw_first_names(dice, who)

    def _make_namesakes(self, dice: Dice) -> None:
        count = len(self.household)
        firstborn = (self.role == CHILD) & ((self.position == 1) | (self.position == 2))
        firstborn &= (self.role[np.arange(count) - 1] != CHILD) | (self.position == 1)
        son = np.flatnonzero(firstborn & (self.gender == MALE) & (self.gender[self.head] == MALE))
        son = son[dice.chance(len(son), _NAMESAKE_SON)]
        father = self.head[son]
        self.first_name[son] = self.first_name[father]
        self.middle_name[son] = self.middle_name[father]
        self.suffix = np.zeros(count, dtype=np.int64)
        is_third = dice.chance(len(son), 0.2)
        self.suffix[son] = np.where(is_third, SUFFIXES.index("III"), SUFFIXES.index("Jr"))
        self.suffix[father] = np.where(is_third, SUFFIXES.index("Jr"), SUFFIXES.index("Sr"))
        alone = (self.suffix == 0) & (self.gender == MALE) & (self.culture == names().cultures.index("anglo"))
        alone &= dice.chance(count, _LONE_JUNIOR)
        some = np.array([SUFFIXES.index("Jr"), SUFFIXES.index("II"), SUFFIXES.index("III")])
        self.suffix[alone] = some[dice.choose(int(alone.sum()), (0.7, 0.1, 0.2))]

    def _make_strangers_of_one_name(self, dice: Dice) -> Integers:
        """Give some who live alone somebody's common name and town; returns whose, per household."""
        count = len(self.household)
        twin = np.full(self.household_count, -1)
        alone = np.flatnonzero(self.size == 1)
        common = np.flatnonzero(self._has_common_name())
        stranger = dice.some(alone, round(_STRANGER_OF_ONE_NAME * count) if len(common) else 0)
        other = common[dice.below(len(stranger), len(common))]
        is_other = ~np.isin(other, stranger)
        stranger, other = stranger[is_other], other[is_other]
        for values in (self.culture, self.gender, self.first_name, self.second_last_name):
            values[stranger] = values[other]
        self.last_name[:, stranger] = self.last_name[1, other]
        self.last_name_changed_at[stranger] = NEVER
        self.suffix[stranger] = 0
        self.household_country[self.household[stranger]] = self.household_country[self.household[other]]
        twin[self.household[stranger]] = self.household[other]
        return twin

    def _has_common_name(self) -> Booleans:
        """Who has both a first and a last name from the top of their culture's lists."""
        common = np.zeros(len(self.culture), dtype=bool)
        for number, name in enumerate(names().cultures):
            last = names().last.draws[name][0].start
            for kind in (FEMALE, MALE):
                first = names().first.draws[name][kind].start
                here = (self.culture == number) & (self.gender == kind)
                common |= (
                    here
                    & (self.first_name < first + _COMMON_FIRST_NAMES)
                    & (self.last_name[1] < last + _COMMON_LAST_NAMES)
                )
        return common

    def _nicknames(self, dice: Dice) -> Integers:
        """What each person is called for short, the commoner of two with double weight."""
        first = names()
        count = len(self.first_name)
        choices = first.nickname_count[self.first_name]
        limit = np.maximum(choices, 1)
        which = np.minimum(dice.below(count, limit), dice.below(count, limit))
        found = np.where(choices > 0, first.nickname_start[self.first_name] + which, 0)
        return np.where(choices > 0, first.nicknames[found], -1)


class _AddressBook:
    """Homes of the households, where they move to, and offices."""

    def __init__(self, families: _Families, dice: Dice) -> None:
        self._parts: list[tuple[Integers, Integers]] = []
        self._count = 0
        country = families.household_country
        place = _draw_places(country, dice)
        known = families.household_twin >= 0
        place[known] = place[families.household_twin[known]]
        first_home = self.add(country, place)

        people = len(families.household)
        moved = dice.chance(families.household_count, _MOVED)
        next_home = first_home.copy()
        next_home[moved] = self.add(country[moved], self._next_places(country[moved], place[moved], dice))
        moved_at = np.where(moved, _some_time(dice, families.household_count, "2016-01-01"), NEVER)

        household = families.household
        self.home = np.stack([first_home[household], next_home[household]])
        self.moved_at = moved_at[household]
        leaves = (families.role == CHILD) & dice.chance(people, _LEFT_HOME)
        from_place, from_country = place[household[leaves]], country[household[leaves]]
        self.home[1, leaves] = self.add(from_country, self._next_places(from_country, from_place, dice))
        self.moved_at[leaves] = _some_time(dice, int(leaves.sum()), "2018-01-01")

    def add(self, country: Integers, place: Integers) -> Integers:
        """Positions of new addresses in these places."""
        self._parts.append((country, place))
        self._count += len(country)
        return np.arange(self._count - len(country), self._count)

    def _next_places(self, country: Integers, place: Integers, dice: Dice) -> Integers:
        elsewhere = _draw_places(country, dice)
        return np.where(dice.chance(len(place), _MOVED_WITHIN_PLACE), place, elsewhere)

    @property
    def place(self) -> Integers:
        """The place of each address."""
        return np.concatenate([place for _, place in self._parts])

    def table(self, dice: Dice) -> Addresses:
        """All addresses, with street, number and unit drawn."""
        count = self._count
        country, place = np.concatenate([part[0] for part in self._parts]), self.place
        street = np.empty(count, dtype=np.int64)
        number = np.empty(count, dtype=np.int64)
        unit_style = np.full(count, -1)
        skewed = dice.uniform(count)
        for code, nation in enumerate(places().countries):
            here = np.flatnonzero(country == code)
            street[here] = nation.streets.draw(dice, len(here))
            number[here] = 1 + (skewed[here] * skewed[here] * nation.max_number).astype(np.int64)
            if nation.units:
                has_unit = dice.chance(len(here), nation.unit_share)
                style = dice.below(len(here), len(nation.units))
                unit_style[here] = np.where(has_unit, style, -1)
        unit = dice.between(count, 1, 40)
        # some flats are in the building of another of their place
        flats = np.flatnonzero(unit_style >= 0)
        flats = flats[np.argsort(place[flats], kind="stable")]
        moves = dice.chance(len(flats), _NEIGHBOUR_IN_THE_BUILDING)
        moves[:1] = False
        moves[1:] &= (place[flats[1:]] == place[flats[:-1]]) & ~moves[:-1]
        here = np.flatnonzero(moves)
        street[flats[here]], number[flats[here]] = street[flats[here - 1]], number[flats[here - 1]]
        return Addresses(
            country, place, street, number, unit_style, unit, _postal_codes(country, place, street)
        )


def _draw_places(country: Integers, dice: Dice) -> Integers:
    drawn = np.empty(len(country), dtype=np.int64)
    for code, nation in enumerate(places().countries):
        here = np.flatnonzero(country == code)
        drawn[here] = nation.places.draw(dice, len(here))
    return drawn


def mixed(*parts: Integers) -> Integers:
    """A number that looks random and is the same for the same parts (splitmix64)."""
    value = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        value = (value + part.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(
            0xBF58476D1CE4E5B9
        )
        value ^= value >> np.uint64(29)
    return (value >> np.uint64(2)).astype(np.int64)


def _postal_codes(country: Integers, place: Integers, street: Integers) -> Text:
    """The postal code of each street of a place: always the same one."""
    data = places()
    noise = mixed(place, street)
    start = data.postal_start[place] + noise % data.postal_count[place]
    beginning = take(data.postal_codes, start)
    letters = "ABEGHJLNPRSTWXYZ"
    written = nulls(len(country))
    for code, nation in enumerate(data.countries):
        here = country == code
        if not here.any():
            continue
        parts, value = [pick(beginning, here)], noise[here] // 64
        for sign in nation.postal:
            if sign == "#":
                parts.append(digits(value % 10, 1))
                value = value // 10
            elif sign == "@":
                parts.append(take(text(letters), value % len(letters)))
                value = value // len(letters)
            else:
                parts.append(sign)
        written = put(written, here, join(*parts))
    return written


class _Employment:
    """Companies, and who works there."""

    def __init__(self, families: _Families, addresses: _AddressBook, dice: Dice) -> None:
        people = len(families.country)
        age = (day("2026-01-01") - families.birth_day) / 365.25
        employed = (age > 20) & (age < 69) & dice.chance(people, _EMPLOYED)
        count = max(1, round(int(employed.sum()) / _PEOPLE_PER_COMPANY))
        self.country = np.sort(families.country[dice.below(count, people)])
        self.company = np.full(people, -1)
        for code in np.unique(self.country):
            here = np.flatnonzero(self.country == code)
            staff = np.flatnonzero(employed & (families.country == code))
            self.company[staff] = here[dice.choose(len(staff), zipf(len(here), 20))]
        titles = len(business().job_titles)
        self.job = np.where(self.company >= 0, dice.choose(people, zipf(titles, 6)), -1)
        self.address = addresses.add(self.country, _draw_places(self.country, dice))
        self._name(dice)

    def _name(self, dice: Dice) -> None:
        words, count = business(), len(self.country)
        trade = dice.below(count, len(words.trades))
        stem = take(words.stems, dice.below(count, len(words.stems)))
        end = take(words.ends, dice.below(count, len(words.ends)))
        surname = take(names().last.latin, names().last.draws["anglo"][0].draw(dice, count))
        word = either(dice.chance(count, 0.85), join(stem, end), surname)
        first_initial = take(text("ABCDEFGHJKLMNPRSTVW"), dice.below(count, 19))
        self.industry = take(words.industries, trade)
        base = join(word, take(words.trades, trade), separator=" ")
        # two companies of one name are told apart by an initial
        again = occurrence(codes(base)) > 0
        base = put(base, again, join(pick(first_initial, again), ". ", pick(base, again)))
        legal = nulls(count)
        for code, nation in enumerate(places().countries):
            here = self.country == code
            forms = text(nation.legal_forms)
            legal = put(legal, here, take(forms, dice.choose(int(here.sum()), zipf(len(forms), 0))))
        self.short_name, self.name = base, join(base, legal, separator=" ")
        letters = substitute(pc.utf8_lower(base), "[^a-z]", "")
        unique = occurrence(codes(letters))
        self.domain = join(letters, put(digits(unique, 1), unique == 0, None), ".example")


class _PhoneBook:
    """Mobiles, landlines of households, and switchboards."""

    def __init__(
        self, families: _Families, addresses: _AddressBook, companies: _Employment, dice: Dice
    ) -> None:
        people = len(families.country)
        place = addresses.place
        own_place = place[addresses.home[0]]
        changed = np.flatnonzero(dice.chance(people, _NEW_PHONE))
        at_home = np.flatnonzero(dice.chance(families.household_count, _LANDLINE))
        head = np.flatnonzero(families.position == 0)[at_home]
        country = [
            families.country,
            families.country[changed],
            families.country[head],
            companies.country,
        ]
        where = [own_place, own_place[changed], own_place[head], place[companies.address]]
        is_mobile = [True, True, False, False]
        start = np.cumsum([0, *(len(part) for part in country)])

        self.mobile = np.stack([np.arange(people), np.arange(people)])
        self.mobile[1, changed] = np.arange(start[1], start[2])
        self.mobile_changed_at = np.full(people, NEVER)
        self.mobile_changed_at[changed] = _some_time(dice, len(changed), "2017-01-01")
        household_landline = np.full(families.household_count, -1)
        household_landline[at_home] = np.arange(start[2], start[3])
        self.landline = household_landline[families.household]
        self.switchboard = np.arange(start[3], start[4])
        self._recycle(families.country, changed, dice)
        self.table = _draw_phones(
            np.concatenate(country),
            np.concatenate(where),
            np.concatenate([np.full(len(part), kind) for part, kind in zip(country, is_mobile, strict=True)]),
            dice,
        )

    def _recycle(self, country: Integers, changed: Integers, dice: Dice) -> None:
        """Numbers that somebody has given up go to a stranger some months later."""
        people = len(country)
        given_up = dice.some(changed, round(_RECYCLED_PHONE * people))
        heir = dice.order(people)[: len(given_up)]
        fits = (country[heir] == country[given_up]) & (self.mobile_changed_at[heir] == NEVER)
        heir, given_up = heir[fits], given_up[fits]
        self.mobile[1, heir] = self.mobile[0, given_up]
        self.mobile_changed_at[heir] = self.mobile_changed_at[given_up] + 120 * DAY


def _draw_phones(country: Integers, place: Integers, is_mobile: Booleans, dice: Dice) -> Phones:
    data = places()
    count = len(country)
    area_position = data.area_start[place] + dice.below(count, data.area_count[place])
    area = take(data.areas, area_position)
    rest_length = np.zeros(count, dtype=np.int64)
    first = _leads(PHONE_LEADS, count, dice)
    for code, nation in enumerate(data.countries):
        here = country == code
        if nation.mobile:
            mobiles = here & is_mobile
            prefixes = text(nation.mobile)
            area = put(area, mobiles, take(prefixes, dice.below(int(mobiles.sum()), len(prefixes))))
            rest_length[mobiles] = nation.mobile_rest
            first[mobiles] = _leads(nation.mobile_leads, int(mobiles.sum()), dice)
            here &= ~is_mobile
        area_length = np.asarray(pc.utf8_length(pick(area, here)), dtype=np.int64)
        rest_length[here] = nation.landline_total - area_length
    following = dice.uniform(count)
    head, tail = nulls(count), nulls(count)
    for length in np.unique(rest_length):
        here = rest_length == length
        scale = 10 ** (int(length) - 1)
        number = first[here] * scale + (following[here] * scale).astype(np.int64)
        written, half = digits(number, int(length)), int(length) // 2
        head = put(head, here, beginning(written, half))
        tail = put(tail, here, without_beginning(written, half))
    return Phones(country, area, head, tail)


def _leads(digits_allowed: str, count: int, dice: Dice) -> Integers:
    return np.array([int(digit) for digit in digits_allowed])[dice.below(count, len(digits_allowed))]


class _Mailboxes:
    """Personal, second, family, work and companies' mailboxes, each address once."""

    def __init__(self, families: _Families, companies: _Employment, dice: Dice) -> None:
        self._local: list[Text] = []
        self._domain: list[Text] = []
        self._count = 0
        people = np.arange(len(families.country))
        has_email = dice.chance(len(people), _PERSONAL_EMAIL)
        has_other = has_email & dice.chance(len(people), _OTHER_EMAIL)
        self.email = self._personal(families, people, has_email, dice)
        self.other_email = self._personal(families, people, has_other, dice)
        self.family_email = self._families(families, dice)
        self.work_email = self._work(families, companies, dice)
        roles = business().role_mailboxes
        count = len(companies.country)
        self.company_mailbox = self._add(take(roles, dice.below(count, len(roles))), companies.domain)
        self.table = self._distinct(dice)

    def _add(self, local: Text, domain: Text) -> Integers:
        self._local.append(local)
        self._domain.append(domain)
        self._count += len(local)
        return np.arange(self._count - len(local), self._count)

    @staticmethod
    def _domains(country: Integers, dice: Dice) -> Text:
        domain = nulls(len(country))
        for code, nation in enumerate(places().countries):
            here = country == code
            listed = text(nation.domains)
            domain = put(domain, here, take(listed, dice.choose(int(here.sum()), zipf(len(listed), 0))))
        return domain

    def _personal(self, families: _Families, people: Integers, has: Booleans, dice: Dice) -> Integers:
        who = people[has]
        count = len(who)
        result = np.full(len(people), -1)
        nickname = families.nickname[who]
        is_short = (nickname >= 0) & dice.chance(count, 0.15)
        first = take(names().first.letters, np.where(is_short, nickname, families.first_name[who]))
        is_new = dice.chance(count, 0.4).astype(np.int64)
        last = take(names().last.letters, families.last_name[is_new, who])
        year = np.asarray(families.birth_day[who].astype("datetime64[D]").astype("datetime64[Y]"))
        year_digits = digits(year.astype(np.int64) + 1970, 4)
        number = digits(dice.between(count, 1, 99), 1)
        words = business()
        handle = take(words.handles, dice.below(count, len(words.handles)))
        noun = take(words.handle_nouns, dice.below(count, len(words.handle_nouns)))
        first_letter, last_letter = beginning(first), beginning(last)
        short_year = without_beginning(year_digits, 2)
        patterns = (
            (0.24, (first, ".", last)),
            (0.15, (first, last)),
            (0.13, (first_letter, last)),
            (0.05, (first, "_", last)),
            (0.08, (first, ".", last, short_year)),
            (0.1, (first, last, number)),
            (0.04, (first_letter, ".", last)),
            (0.04, (last, ".", first)),
            (0.04, (first, year_digits)),
            (0.04, (first, last_letter, number)),
            (0.03, (last, first_letter, short_year)),
            (0.06, (handle, noun, number)),
        )
        which = dice.choose(count, [weight for weight, _ in patterns])
        local = join_by_turns(which, [parts for _, parts in patterns])
        result[who] = self._add(local, self._domains(families.country[who], dice))
        return result

    def _families(self, families: _Families, dice: Dice) -> Integers:
        count = families.household_count
        size = np.bincount(families.household)
        shares = np.flatnonzero((size > 1) & dice.chance(count, _FAMILY_MAILBOX))
        head = np.flatnonzero(families.position == 0)[shares]
        last = take(names().last.letters, families.last_name[1, head])
        form = dice.choose(len(head), (0.3, 0.3, 0.2, 0.2))
        local = join_by_turns(form, [("the", last, "s"), ("family", last), (last, "family"), (last, ".home")])
        household = np.full(count, -1)
        household[shares] = self._add(local, self._domains(families.country[head], dice))
        return household[families.household]

    def _work(self, families: _Families, companies: _Employment, dice: Dice) -> Integers:
        who = np.flatnonzero(companies.company >= 0)
        company = companies.company[who]
        first = take(names().first.letters, families.first_name[who])
        last = take(names().last.letters, families.last_name[1, who])
        house_style = dice.choose(len(companies.country), (0.5, 0.25, 0.15, 0.1))[company]
        initial = beginning(first)
        local = join_by_turns(
            house_style, [(first, ".", last), (initial, last), (initial, ".", last), (first,)]
        )
        result = np.full(len(companies.company), -1)
        result[who] = self._add(local, take(companies.domain, company))
        return result

    def _distinct(self, dice: Dice) -> Text:
        """All addresses; whoever finds his taken puts digits behind, as providers propose."""
        local, domain = concatenate(self._local), concatenate(self._domain)
        width = 2
        while True:
            address = join(local, "@", domain)
            taken = occurrence(codes(address)) > 0
            if not taken.any():
                return address
            more = shuffled_letters("0123456789", int(taken.sum()), min(width, 6), dice)
            local = put(local, taken, join(pick(local, taken), more))
            width += 1
