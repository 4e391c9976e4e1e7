"""The functions that the project brings to an engine have the values of their models: jellyfish, DuckDB, plain Python."""

import csv
import random

import duckdb
import jellyfish
import pandas as pd
import pyarrow as pa
import pytest

from identity_resolution.phonetics import metaphone
from identity_resolution.spark import functions as spark
from support.project import ROOT

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# names in which the rules of the codes meet: silent letters, digraphs, doubles, endings
PARTS = (
    "kn",
    "gn",
    "pn",
    "wr",
    "ae",
    "wh",
    "x",
    "gh",
    "ght",
    "sch",
    "tch",
    "th",
    "sh",
    "sio",
    "tia",
    "cia",
    "ck",
    "dge",
)
PARTS += (
    "ph",
    "mb",
    "cc",
    "ss",
    "gn",
    "gne",
    "ya",
    "oy",
    "q",
    "z",
    "v",
    "c",
    "ce",
    "g",
    "ge",
    "h",
    "a",
    "e",
    "i",
    "o",
)


def make_names(count):
    """Distinct words of the letters a to z."""
    generator = random.Random(1)
    with (ROOT / "seeds/reference/nicknames.csv").open(newline="") as file:
        found = {
            name for row in csv.DictReader(file) for name in row.values() if name.isascii() and name.isalpha()
        }
    while len(found) < count / 2:
        found.add("".join(generator.choice(PARTS) for _ in range(generator.randint(1, 5))))
    while len(found) < count:
        found.add("".join(generator.choice(LETTERS) for _ in range(generator.randint(1, 12))))
    return sorted(found)


@pytest.fixture(scope="module")
def names():
    """100,000 of them."""
    return make_names(100_000)


def make_name_pairs():
    """10,000 pairs of words, most of them a few edits apart."""
    generator = random.Random(2)
    pairs = [
        ("", ""),
        ("a", ""),
        ("a", "a"),
        ("a", "b"),
        ("ab", "ba"),
        ("müller", "mueller"),
        ("王伟", "王玮"),
    ]
    while len(pairs) < 10_000:
        one = [generator.choice(LETTERS[:8]) for _ in range(generator.randint(1, 12))]
        other = list(one)
        for _ in range(generator.choice((0, 1, 1, 2, 4))):
            place = generator.randrange(len(other) + 1)
            kind = generator.randrange(4)
            if kind == 0:
                other.insert(place, generator.choice(LETTERS[:8]))
            elif kind == 1 and place < len(other):
                del other[place]
            elif kind == 2 and place < len(other):
                other[place] = generator.choice(LETTERS[:8])
            elif place + 1 < len(other):
                other[place], other[place + 1] = other[place + 1], other[place]
        pairs.append(("".join(one), "".join(other)))
    return pairs


@pytest.fixture(scope="module")
def name_pairs():
    """These pairs."""
    return make_name_pairs()


@pytest.fixture(scope="module")
def postgres(make_project):
    """A Postgres project in which the functions are created."""
    with make_project("postgres") as project:
        yield project


def is_one_edit(one, other):
    """Damerau-Levenshtein distance of at most 1, by trying all edits."""
    if one == other:
        return True
    letters = set(one + other)
    edits = {one[:i] + one[i + 1 :] for i in range(len(one))}
    edits |= {one[:i] + letter + one[i + 1 :] for i in range(len(one)) for letter in letters}
    edits |= {one[:i] + letter + one[i:] for i in range(len(one) + 1) for letter in letters}
    edits |= {one[:i] + one[i + 1] + one[i] + one[i + 2 :] for i in range(len(one) - 1)}
    return other in edits


def test_duckdb_metaphone_is_jellyfish(names):
    codes = metaphone(pa.array(names)).to_pylist()
    assert {n: c for n, c in zip(names, codes, strict=True) if c != jellyfish.metaphone(n)} == {}


def test_duckdb_metaphone_has_no_code_for_other_letters():
    words = [None, "", "müller", "o'brien", "two words", "王伟", "ok"]
    assert metaphone(pa.array(words)).to_pylist() == [None, "", None, None, None, None, "OK"]
    assert metaphone(pa.chunked_array([["a"], ["b", None]])).to_pylist() == ["A", "B", None]


def test_postgres_metaphone_is_jellyfish(postgres, names):
    postgres.load("public.words", [{"word": name} for name in names])
    rows = postgres.query("select word, idr_metaphone(word) as code from words")
    assert len(rows) == len(names)
    assert {r["word"]: r["code"] for r in rows if r["code"] != jellyfish.metaphone(r["word"])} == {}


def test_postgres_metaphone_has_no_code_for_other_letters(postgres):
    rows = postgres.query(
        "select idr_metaphone(word) as code from (values ('müller'), ('two words'), (null)) as w (word)"
    )
    assert [row["code"] for row in rows] == [None, None, None]


@pytest.fixture(scope="module")
def similarities(name_pairs):
    """DuckDB's similarity of each pair."""
    connection = duckdb.connect()
    connection.execute("create table pairs (n integer, a text, b text)")
    connection.executemany(
        "insert into pairs values (?, ?, ?)", [(n, a, b) for n, (a, b) in enumerate(name_pairs)]
    )
    return dict(connection.execute("select n, jaro_winkler_similarity(a, b) from pairs").fetchall())


def test_jaro_winkler_of_postgres_is_that_of_duckdb(postgres, name_pairs, similarities):
    postgres.load("public.pairs", [{"n": str(n), "a": a, "b": b} for n, (a, b) in enumerate(name_pairs)])
    rows = postgres.query(
        "select n, idr_jaro_winkler(coalesce(a, ''), coalesce(b, '')) as similarity from pairs"
    )
    found = {int(row["n"]): row["similarity"] for row in rows}
    wrong = {
        name_pairs[n]: (found[n], value) for n, value in similarities.items() if abs(found[n] - value) > 1e-9
    }
    assert wrong == {}


def test_functions_of_spark_are_those_of_duckdb(names, name_pairs, similarities):
    """The functions of a session, called as it calls them: with Series, of which some values are missing."""
    codes = spark.metaphone(pd.Series([*names, None, "müller"]))
    assert codes.tolist() == [*map(jellyfish.metaphone, names), None, None]
    one, other = (pd.Series([*values, None]) for values in zip(*name_pairs, strict=True))
    found = spark.jaro_winkler(one, other).tolist()
    assert found[-1] is None
    wrong = {
        name_pairs[n]: (found[n], value) for n, value in similarities.items() if abs(found[n] - value) > 1e-9
    }
    assert wrong == {}
    edits = spark.is_one_edit(one, other).tolist()
    assert edits[-1] is None
    some = name_pairs[:4_000]
    assert [pair for pair, found in zip(some, edits, strict=False) if found != is_one_edit(*pair)] == []


def test_one_edit_is_the_same_everywhere(postgres, name_pairs):
    some = name_pairs[:4_000]
    postgres.load("public.pairs", [{"n": str(n), "a": a, "b": b} for n, (a, b) in enumerate(some)])
    rows = postgres.query("select n, idr_is_one_edit(coalesce(a, ''), coalesce(b, '')) as is_one from pairs")
    on_postgres = {int(row["n"]): row["is_one"] for row in rows}
    connection = duckdb.connect()
    connection.execute("create table pairs (n integer, a text, b text)")
    connection.executemany("insert into pairs values (?, ?, ?)", [(n, a, b) for n, (a, b) in enumerate(some)])
    on_duckdb = dict(
        connection.execute(
            "select n, abs(length(a) - length(b)) <= 1 and damerau_levenshtein(a, b) <= 1 from pairs"
        ).fetchall()
    )
    expected = {n: is_one_edit(a, b) for n, (a, b) in enumerate(some)}
    assert {some[n]: on_postgres[n] for n in expected if on_postgres[n] != expected[n]} == {}
    assert {some[n]: on_duckdb[n] for n in expected if on_duckdb[n] != expected[n]} == {}


TEXTS = (
    *(
        "Élodie",
        "ÉLODIE",
        "Zoë",
        "Łukasz",
        "ŁÓDŹ",
        "Øystein",
        "Straße",
        "STRASSE",
        "İstanbul",
        "ÑANDÚ",
        "São Paulo",
    ),
    *(
        "Юрий",
        "ЁЛКА",
        "Щукин",
        "Ελένη",
        "ΑΘΗΝΑ",
        "王伟",
        "田中",
        "김민준",
        "محمد",
        "שלום",
        "O'Brien",
        "ANNE-MARIE",
    ),
    *(
        "E\u0301lodie",
        "a\u030angstro\u0308m",
        "Nguyễn",
        "NGUYỄN",
        "ǅ",
        "ﬁn",
        "plain ascii",
        "Jean-Luc d'Arc",
        "J. R. R.",
    ),
)


@pytest.mark.parametrize(
    ("function", "duckdb_expression"),
    [
        ("idr_lower", "lower(t)"),
        ("idr_upper", "replace(upper(t), 'ẞ', 'ß')"),
        ("idr_fold_accents", "strip_accents(t)"),
        (
            "idr_title_case",
            "array_to_string(list_transform(regexp_extract_all(lower(t), '[^-. '']+|[-. '']+'), "
            "lambda word: upper(word[1]) || word[2:]), '')",
        ),
    ],
)
def test_text_functions_are_those_of_duckdb(postgres, function, duckdb_expression):
    postgres.load("public.texts", [{"t": text} for text in TEXTS])
    found = {
        row["t"]: row["result"] for row in postgres.query(f"select t, {function}(t) as result from texts")
    }
    connection = duckdb.connect()
    expected = {
        text: connection.execute(f"select {duckdb_expression} from (select ? as t)", [text]).fetchall()[0][0]
        for text in TEXTS
    }
    assert {t: (found[t], expected[t]) for t in TEXTS if found[t] != expected[t]} == {}
    on_spark = spark.TEXT_FUNCTIONS[function](pd.Series([*TEXTS, None])).tolist()
    assert on_spark[-1] is None
    with_capital = dict(zip(TEXTS, (text.replace("ẞ", "ß") for text in on_spark[:-1]), strict=True))
    assert {t: (with_capital[t], expected[t]) for t in TEXTS if with_capital[t] != expected[t]} == {}


TIMESTAMPS = {
    "2026-03-01": "2026-03-01 00:00:00",
    "2026-03-01 10:20": "2026-03-01 10:20:00",
    "2026-03-01T10:20:30.5": "2026-03-01 10:20:30.5",
    "2026-03-01T10:20:30.1234567": "2026-03-01 10:20:30.123456",
    "2026-03-01T10:20:30Z": "2026-03-01 10:20:30",
    "2026-03-01 10:20:30+02:00": "2026-03-01 08:20:30",
    "2026-03-01 10:20:30+0200": "2026-03-01 08:20:30",
    "2026-03-01 10:20:30-0530": "2026-03-01 15:50:30",
    "2026-03-01 10:20:30+02": "2026-03-01 08:20:30",
    "0001-01-01": "0001-01-01 00:00:00",
    "2024-02-29": "2024-02-29 00:00:00",
    "2026-03-01 10:20:30 +02": None,
    "2026-03-01 10:20:30 Z": None,
    "2026-03-01Z": None,
    "2026-03-01+02": None,
    "2026-03-01 23:59:60": None,
    "2026-03-01 24:00": None,
    "2026-03-01 10:20:30+99": None,
    "0000-01-01": None,
    "2026-02-30": None,
    "2026-13-01": None,
    "03/01/2026": None,
    "yesterday": None,
    "infinity": None,
    "": None,
    None: None,
}


def test_timestamps_are_read_alike(project):
    """The same on every engine, whatever the session's time zone is; what is none is null."""
    project.records(
        [
            {
                "source_system": "crm",
                "source_record_id": str(n),
                "email": f"m{n}@example.org",
                "updated_at": text,
            }
            for n, text in enumerate(TIMESTAMPS)
        ]
    )
    if project.target == "postgres":
        project.execute("alter database idr_test set timezone to 'America/New_York'")
    project.run("--select", "+int_source_records")
    rows = project.query(
        f"select source_record_id, cast(updated_at as text) as stamp from {project.schema}_intermediate.int_source_records"
    )
    found = {int(row["source_record_id"]): row["stamp"] for row in rows}
    assert {text: found[n] for n, text in enumerate(TIMESTAMPS)} == TIMESTAMPS
