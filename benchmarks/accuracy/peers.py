"""Public matchers on the same data: Splink and GoldenMatch, each at its default and at its best threshold.

They come with the optional extra `peers`. The best threshold is chosen with the truth in hand, which nobody has in
practice: it is the most a user could get.

Splink has the settings of its public examples for people (name, birth date, email and postcode comparisons of its
comparison library, term frequencies, a union of blocking rules, u by random sampling, m by expectation maximisation),
over the columns that the data have; splink_contacts leaves out address and company, which people of one household or
office share, and is much better where there are such people. Values are prepared for it: lower case, no accents, names
split, dates as ISO, phones as their last nine digits. GoldenMatch configures itself, on values as they are prepared or
as they are delivered, whichever comes out better.
"""

from __future__ import annotations

import logging
import multiprocessing
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from queue import Empty
from typing import Any

import duckdb
from variants import files, reader, record_count

from identity_resolution.evaluation.dataset import RECORD_CONTRACT
from identity_resolution.warehouse.database import columns_of

HEADER = (
    "| data set | matcher | default: threshold | precision | recall | F1 "
    "| best: threshold | precision | recall | F1 | s |\n" + "|---" * 11 + "|"
)
LONGEST_SECONDS = 900
# more are not tried
MOST_RECORDS = {"goldenmatch": 100_000}
DEFAULT_THRESHOLD = 0.90
THRESHOLDS = (
    0.5,
    0.7,
    0.8,
    0.9,
    0.95,
    0.98,
    0.99,
    0.995,
    0.999,
    0.9995,
    0.9999,
    0.99995,
    0.99999,
    0.999995,
    0.999999,
    0.9999999,
)

# The records that the truth knows, once each, as this project would keep them.
DELIVERED = """
select records.*
from records
semi join truth using (source_system, source_record_id)
qualify row_number() over (
    partition by source_system, source_record_id order by updated_at desc nulls last, records::varchar
) = 1
"""
# A record as the peers get it.
PREPARED = r"""
with named as (
    select
        *,
        trim(regexp_replace(
            lower(strip_accents(coalesce(full_name, ''))), '^(mr|mrs|ms|dr|prof|sir)\.? +', ''
        )) as whole
    from delivered
)
select
    row_number() over (order by source_system, source_record_id) as unique_id,
    source_system,
    source_record_id,
    nullif(lower(strip_accents(trim(coalesce(
        first_name,
        case when whole like '%,%' then trim(split_part(whole, ',', 2)) else split_part(whole, ' ', 1) end
    )))), '') as first_name,
    nullif(lower(strip_accents(trim(coalesce(
        last_name,
        case
            when whole like '%,%' then split_part(whole, ',', 1)
            when whole like '% %' then regexp_extract(whole, '([^ ]+)$', 1)
        end
    )))), '') as surname,
    strftime(coalesce(
        try_strptime(date_of_birth, '%Y-%m-%d'),
        try_strptime(date_of_birth, '%Y%m%d'),
        try_strptime(date_of_birth, '%m/%d/%Y')
    ), '%Y-%m-%d') as dob,
    nullif(lower(trim(email)), '') as email,
    nullif(right(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'), 9), '') as phone,
    nullif(lower(trim(street)), '') as street,
    nullif(lower(trim(city)), '') as city,
    nullif(lower(replace(postal_code, ' ', '')), '') as postcode,
    nullif(lower(trim(company)), '') as company,
    nullif(national_id, '') as national_id
from named
"""


@dataclass(frozen=True)
class Score:
    """Pairwise precision and recall at a threshold."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Clusters:
    """Clusters that grow by edges, and how many of their pairs are true."""

    def __init__(self, entities: list[Any]) -> None:
        self._parent = list(range(len(entities)))
        self._members = [Counter({entity: 1}) for entity in entities]
        self._size = [1] * len(entities)
        self.true_pairs, self.pairs = 0, 0
        self._all = sum(n * (n - 1) // 2 for n in Counter(entities).values())

    def join(self, one: int, other: int) -> None:
        """Join the clusters of two records, given by their places."""
        one, other = self._root(one), self._root(other)
        if one == other:
            return
        if self._size[one] < self._size[other]:
            one, other = other, one
        self.pairs += self._size[one] * self._size[other]
        small, large = self._members[other], self._members[one]
        self.true_pairs += sum(count * large[entity] for entity, count in small.items() if entity in large)
        large.update(small)
        self._members[other] = Counter()
        self._size[one] += self._size[other]
        self._parent[other] = one

    def _root(self, record: int) -> int:
        while self._parent[record] != record:
            self._parent[record] = self._parent[self._parent[record]]
            record = self._parent[record]
        return record

    def score(self, threshold: float) -> Score:
        """The score of the clusters as they are."""
        return Score(
            threshold,
            self.true_pairs / self.pairs if self.pairs else 1.0,
            self.true_pairs / max(self._all, 1),
        )


def sweep(
    entities: list[Any], edges: Iterable[tuple[int, int, float]], thresholds: Iterable[float]
) -> list[Score]:
    """The scores after closure at each threshold; edges are (place, place, probability)."""
    clusters, scores = Clusters(entities), []
    waiting = iter(sorted(edges, key=lambda edge: -edge[2]))
    edge = next(waiting, None)
    for threshold in sorted(thresholds, reverse=True):
        while edge is not None and edge[2] >= threshold:
            clusters.join(edge[0], edge[1])
            edge = next(waiting, None)
        scores.append(clusters.score(threshold))
    return scores


def prepare(folder: Path) -> tuple[duckdb.DuckDBPyConnection, list[Any], set[str]]:
    """A connection with the table `people`, their entities in the order of unique_id, and the columns with values."""
    connection = duckdb.connect()
    for name, path in files(folder).items():
        listed = ["*"]
        if name == "records":
            listed += [
                f"null::varchar as {column}" for column in RECORD_CONTRACT if column not in columns_of(path)
            ]
        connection.execute(
            f"create table {name} as select {', '.join(listed)} from {reader(path)}", [str(path)]
        )
    connection.execute(f"create table delivered as {DELIVERED}")
    connection.execute(f"create table people as {PREPARED}")
    rows = connection.execute(
        "select entity_id from people left join truth using (source_system, source_record_id) order by unique_id"
    ).fetchall()
    columns = [name for name, *_ in connection.execute("describe people").fetchall()]
    filled = connection.execute(
        f"select {', '.join(f'count({name})' for name in columns)} from people"
    ).fetchall()[0]
    used = {name for name, count in zip(columns, filled, strict=True) if count * 20 > len(rows)}
    return connection, [row[0] for row in rows], used


def _columns(rule: tuple[str, ...]) -> set[str]:
    """The columns of a blocking rule."""
    return {re.sub(r"^substr\((\w+),.*", r"\1", part) for part in rule}


def splink(folder: Path, left_out: Collection[str] = ()) -> tuple[Score, Score]:
    """Splink's scores at 0.90 and at its best threshold."""
    import splink.comparison_library as cl  # noqa: PLC0415 (an optional extra)
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415
    from splink.internals.duckdb.database_api import DuckDBAPI  # noqa: PLC0415

    logging.disable(logging.WARNING)
    connection, entities, used = prepare(folder)
    used -= set(left_out)
    exact = [
        cl.ExactMatch(name).configure(term_frequency_adjustments=True)
        for name in ("city", "company")
        if name in used
    ]
    comparisons = {
        "surname": [
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        ],
        "dob": [cl.DateOfBirthComparison("dob", input_is_string=True)],
        "email": [cl.EmailComparison("email").configure(term_frequency_adjustments=True)],
        "phone": [cl.LevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True)],
        "postcode": [
            cl.LevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True)
        ],
        "street": [cl.JaroWinklerAtThresholds("street", [0.92]).configure(term_frequency_adjustments=True)],
        "national_id": [cl.LevenshteinAtThresholds("national_id", [1])],
    }
    rules = [
        ("email",),
        ("phone",),
        ("national_id",),
        ("first_name", "surname"),
        ("surname", "dob"),
        ("first_name", "dob"),
        ("dob", "postcode"),
        ("surname", "postcode"),
        ("first_name", "postcode"),
        ("street", "postcode"),
        ("surname", "city"),
        ("surname", "substr(first_name, 1, 2)"),
        ("first_name", "substr(surname, 1, 3)"),
        ("dob",),
    ]
    if len(entities) <= 50_000:
        rules += [("first_name",), ("surname",), ("postcode",)]
    blocking = [block_on(*rule) for rule in rules if _columns(rule) <= used]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[item for name, items in comparisons.items() if name in used for item in items] + exact,
        blocking_rules_to_generate_predictions=blocking,
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("people"), settings, log_level=logging.ERROR)
    sure = [
        rule
        for rule in (
            ("email", "first_name"),
            ("phone", "first_name"),
            ("national_id",),
            ("first_name", "surname", "dob"),
        )
        if set(rule) <= used
    ]
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*rule) for rule in sure], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (("first_name", "surname"), ("dob",), ("email",), ("postcode",), ("phone",)):
        if set(rule) <= used:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    edges = connection.execute(
        f"select unique_id_l - 1, unique_id_r - 1, match_probability from {predicted.physical_name}"
    ).fetchall()
    return default_and_best(sweep(entities, edges, THRESHOLDS), DEFAULT_THRESHOLD)


def splink_contacts(folder: Path) -> tuple[Score, Score]:
    """Splink without address and company, which people of one household or office share."""
    return splink(folder, ("street", "city", "postcode", "company"))


def goldenmatch(folder: Path) -> tuple[Score, Score]:
    """GoldenMatch's scores, configured by itself."""
    import goldenmatch as gm  # noqa: PLC0415 (an optional extra)

    logging.disable(logging.WARNING)
    connection, entities, used = prepare(folder)
    prepared = sorted(used - {"source_system", "source_record_id", "unique_id"})
    delivered = [
        name
        for name in RECORD_CONTRACT[2:-1]
        if connection.execute(f"select count({name}) from delivered").fetchall()[0][0]
    ]
    found = []
    for table, columns in (("people", prepared), ("delivered", delivered)):
        listed = ", ".join(f"{table}.{name}" for name in columns)
        values = connection.sql(
            f"""
            select {listed}
            from people
            inner join delivered using (source_system, source_record_id)
            order by unique_id
            """
        ).to_arrow_table()
        result = gm.dedupe_df(values, confidence_required=False)
        edges = [
            (item["members"][0], other, 1.0)
            for item in result.clusters.values()
            for other in item["members"][1:]
        ]
        (default,) = sweep(entities, edges, [1.0])
        # its clusters are what it ends up with; its pair scores give other thresholds
        scores = sweep(entities, result.scored_pairs or edges, [0.5, *(n / 100 for n in range(60, 101))])
        found.append((default, max([default, *scores], key=lambda score: score.f1)))
    return max(found, key=lambda scores: scores[1].f1)


def default_and_best(scores: list[Score], default: float) -> tuple[Score, Score]:
    """The score at the default threshold, and the one with the best F1."""
    return next(score for score in scores if score.threshold == default), max(
        scores, key=lambda score: score.f1
    )


PEERS: dict[str, Callable[[Path], tuple[Score, Score]]] = {
    "splink": splink,
    "splink_contacts": splink_contacts,
    "goldenmatch": goldenmatch,
}


def _work(name: str, folder: Path, answers: Any) -> None:
    started = time.perf_counter()
    try:
        found: Any = PEERS[name](folder)
    except Exception as error:  # whatever goes wrong in a peer is a line of the table
        found = f"{type(error).__name__}: {' '.join(str(error).split())[:80]}"
    answers.put((found, time.perf_counter() - started))


def row(dataset: str, name: str, folder: Path) -> str:
    """One line of the table; a peer works in a process of its own and has LONGEST_SECONDS."""
    label = f"{name} {version(name.split('_', maxsplit=1)[0])}"
    records = record_count(folder)
    if records > MOST_RECORDS.get(name, records):
        return f"| {dataset} | {label} | not tried above {MOST_RECORDS[name]:,} records {'| ' * 9}|"
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_work, args=(name, folder, answers))
    process.start()
    try:
        found, seconds = answers.get(timeout=LONGEST_SECONDS)
    except Empty:
        process.terminate()
        return f"| {dataset} | {label} | not done after {LONGEST_SECONDS:,} s {'| ' * 9}|"
    process.join()
    if isinstance(found, str):
        return f"| {dataset} | {label} | failed: {found} {'| ' * 9}|"
    cells = [
        f"{score.threshold:.10g} | {score.precision:.4f} | {score.recall:.4f} | {score.f1:.4f}"
        for score in found
    ]
    return f"| {dataset} | {label} | {' | '.join(cells)} | {seconds:.0f} |"
