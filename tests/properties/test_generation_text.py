"""Operations on columns of text, against Python's own and jellyfish."""

import jellyfish
import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from identity_resolution.generation.dice import Dice
from identity_resolution.generation.mistakes import mistype, spoil
from identity_resolution.generation.text import codes, from_matrix, join, occurrence, to_matrix

WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), max_size=30)
MAYBE_WORDS = st.lists(st.none() | st.text("abc", max_size=3), min_size=1, max_size=20)


def column(values):
    return pa.array(values, pa.string())


@given(WORDS)
def test_matrix_holds_the_letters(words):
    matrix, lengths = to_matrix(column(words))
    assert from_matrix(matrix, lengths).to_pylist() == words


@given(WORDS)
def test_matrix_of_a_slice_holds_its_letters(words):
    assert from_matrix(*to_matrix(column(words)[1:])).to_pylist() == words[1:]


@given(st.lists(st.text("abcxyzABC éß日0123-", max_size=10), min_size=1, max_size=40), st.integers(0, 999))
def test_typing_error_is_one_edit(words, seed):
    for before, after in zip(words, mistype(column(words), Dice(seed)).to_pylist(), strict=True):
        assert jellyfish.damerau_levenshtein_distance(before, after) <= 1
        if len(before) < 2:
            assert before == after


@given(MAYBE_WORDS, st.integers(0, 99))
def test_errors_hit_no_null(words, seed):
    spoilt = spoil(column(words), Dice(seed), typing=1.0, scanning=1.0, hearing=1.0)
    assert [word is None for word in spoilt.to_pylist()] == [word is None for word in words]


@given(st.lists(st.tuples(*[st.none() | st.text("ab", max_size=2)] * 3), min_size=1, max_size=20))
def test_join_leaves_nulls_out(rows):
    columns = [column(values) for values in zip(*rows, strict=True)]
    given_parts = [[part for part in row if part is not None] for row in rows]
    expected = ["-".join(parts) if parts else None for parts in given_parts]
    assert join(*columns, separator="-").to_pylist() == expected


@given(MAYBE_WORDS)
def test_occurrence_counts_equal_values_before(words):
    assert occurrence(codes(column(words))).tolist() == [
        words[:n].count(word) for n, word in enumerate(words)
    ]


@settings(deadline=None)
@given(st.integers(1, 2000), st.integers(0, 99))
def test_order_is_a_permutation(count, seed):
    assert sorted(Dice(seed).order(count)) == list(range(count))


def test_draws_are_those_of_every_release():
    dice = Dice(1, "step")
    assert dice.uniform(3).tolist() == [0.17990435032869168, 0.26723167829970496, 0.018964533208014056]
    assert not np.array_equal(Dice(1, "step").uniform(3), Dice(1, "other step").uniform(3))
