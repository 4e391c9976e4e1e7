"""The mixture learns, without labels, what pairs were drawn from."""

import numpy as np
import pytest

from identity_resolution.config.project import Project
from identity_resolution.training.mixture import (
    CLASSES,
    COLLEAGUE,
    HOUSEHOLD,
    MATCH,
    TIES,
    UNRELATED,
    Comparison,
    Model,
    PairCounts,
    class_log_odds,
    fit,
    match_weights,
    weighted_count,
)
from identity_resolution.training.weights import shipped_weights, starting_model
from support.project import ROOT

RECORDS = 3_000
PAIRS = RECORDS * (RECORDS - 1) // 2
OF_CLASS = {MATCH: 2_500, HOUSEHOLD: 2_000, COLLEAGUE: 3_000}
# a pair is a candidate that agrees in something: up to this level of a comparison
AGREEMENT = {
    "first_name": 14,
    "last_name": 14,
    "birth_date": 4,
    "email": 6,
    "phone": 5,
    "address": 8,
    "company": 2,
}
# how often a comparison has evidence
KNOWN = {
    "first_name": 1,
    "last_name": 1,
    "birth_date": 0.5,
    "email": 0.7,
    "phone": 0.6,
    "address": 0.8,
    "company": 0.4,
}
COMPARISONS = [Comparison.from_project(settings) for settings in Project(ROOT).comparisons]


def true_model():
    """Level probabilities that are not the shipped ones, in all that is learnt."""
    start = starting_model(shipped_weights(), COMPARISONS, RECORDS)
    generator = np.random.default_rng(11)
    levels = {}
    for name, table in start.levels.items():
        levels[name] = table.copy()
        for of_class in (MATCH, HOUSEHOLD, COLLEAGUE):
            if name not in TIES.get(of_class, {}):
                drawn = table[:, of_class] * np.exp(generator.normal(0, 0.4, len(table)))
                levels[name][:, of_class] = drawn / drawn.sum()
        for of_class, ties in TIES.items():
            if name in ties:
                mixed = (1 - ties[name]) * table[:, UNRELATED] + ties[name] * levels[name][:, MATCH]
                levels[name][:, of_class] = mixed / mixed.sum()
    levels["full_name"] = np.ones_like(start.levels["full_name"])
    return Model(levels, start.shares)


def drawn_pairs(model, generator):
    """Levels of all pairs, and their class."""
    numbers = OF_CLASS | {UNRELATED: PAIRS - sum(OF_CLASS.values())}
    blocks = []
    for of_class, number in numbers.items():
        block = np.zeros((number, len(COMPARISONS)), dtype=np.int8)
        for column, comparison in enumerate(COMPARISONS):
            if comparison.name in KNOWN:
                table = model.levels[comparison.name][:, of_class]
                level = 1 + generator.choice(len(table), number, p=table / table.sum())
                block[:, column] = np.where(generator.random(number) < KNOWN[comparison.name], level, 0)
        blocks.append(block)
    return np.concatenate(blocks), np.repeat(list(numbers), list(numbers.values()))


@pytest.fixture(scope="module")
def drawn():
    """The true model, what a training sees, and by pattern the candidates of each class."""
    model = true_model()
    digits, classes = drawn_pairs(model, np.random.default_rng(5))
    place = {comparison.name: column for column, comparison in enumerate(COMPARISONS)}
    is_candidate = np.zeros(len(digits), dtype=bool)
    for name, last in AGREEMENT.items():
        is_candidate |= (digits[:, place[name]] > 0) & (digits[:, place[name]] <= last)
    patterns, places = np.unique(digits[is_candidate].astype(np.int64), axis=0, return_inverse=True)
    places = places.ravel()
    of_class = np.stack(
        [weighted_count(places, (classes[is_candidate] == k).astype(float), len(patterns)) for k in range(4)],
        axis=1,
    )
    rest = {
        comparison.name: np.bincount(digits[~is_candidate, column], minlength=comparison.levels).astype(float)
        for column, comparison in enumerate(COMPARISONS)
    }
    return model, PairCounts(COMPARISONS, patterns, of_class.sum(axis=1), rest, PAIRS), of_class


@pytest.fixture(scope="module")
def learnt(drawn):
    _, data, _ = drawn
    return fit(data, starting_model(shipped_weights(), COMPARISONS, RECORDS))


# pairs of a class that blocking does not find are taken as unrelated: the poorer in evidence a class, the more it is
# underestimated
@pytest.mark.parametrize(
    "of_class, tolerance", [(MATCH, 0.05), (HOUSEHOLD, 0.25), (COLLEAGUE, 0.25)], ids=CLASSES[:3]
)
def test_the_number_of_pairs_of_a_class_is_found(drawn, learnt, of_class, tolerance):
    _, _, counts = drawn
    assert learnt.shares[of_class] * PAIRS == pytest.approx(counts[:, of_class].sum(), rel=tolerance)


@pytest.mark.parametrize("name", KNOWN)
def test_the_levels_of_one_person_are_found(drawn, learnt, name):
    model, _, _ = drawn
    assert learnt.levels[name][:, MATCH] == pytest.approx(model.levels[name][:, MATCH], abs=0.04)


def test_a_probability_is_the_share_of_true_pairs(drawn, learnt):
    _, data, counts = drawn
    matches = counts[:, MATCH]
    probability = 1 / (1 + 2.0 ** -match_weights(learnt, data))
    for low, high in ((0, 0.1), (0.1, 0.5), (0.5, 0.9), (0.9, 0.99), (0.99, 1.01)):
        band = (probability >= low) & (probability < high)
        pairs = data.counts[band].sum()
        predicted, true = (probability * data.counts)[band].sum() / pairs, matches[band].sum() / pairs
        assert true == pytest.approx(predicted, abs=0.1), f"{low} to {high}, {pairs:.0f} pairs"


def test_the_order_of_patterns_does_not_matter(drawn, learnt):
    _, data, _ = drawn
    turned = PairCounts(data.comparisons, data.patterns[::-1], data.counts[::-1], data.rest, data.pairs)
    again = fit(turned, starting_model(shipped_weights(), COMPARISONS, RECORDS))
    for name, table in learnt.levels.items():
        assert again.levels[name] == pytest.approx(table, rel=1e-6), name


def test_labels_are_believed(drawn, learnt):
    """Pairs that look like one person, said to be of two, take the match class along."""
    _, data, _ = drawn
    odds = class_log_odds(learnt, data)
    sure = odds.argmax(axis=1) == MATCH
    refused = np.where(sure, data.counts, 0.0)
    labelled = PairCounts(
        data.comparisons,
        data.patterns,
        data.counts,
        data.rest,
        data.pairs,
        {True: np.zeros_like(refused), False: refused},
    )
    model = fit(labelled, starting_model(shipped_weights(), COMPARISONS, RECORDS))
    assert model.shares[MATCH] < 0.1 * learnt.shares[MATCH]


def test_namesakes_beyond_chance_weigh_less(drawn):
    """Strangers with one name, more than their names explain: agreement on both names loses weight."""
    _, data, _ = drawn
    place = {comparison.name: column for column, comparison in enumerate(data.comparisons)}
    stranger = np.zeros(len(data.comparisons), dtype=np.int64)
    for name, level in {
        "first_name": 5,
        "last_name": 5,
        "birth_date": 8,
        "email": 7,
        "phone": 6,
        "address": 14,
        "gender": 2,
        "company": 3,
        "full_name": 3,
    }.items():
        stranger[place[name]] = level
    more = PairCounts(
        data.comparisons,
        np.vstack([data.patterns, stranger]),
        np.append(data.counts, 1_000.0),
        data.rest,
        data.pairs,
    )
    start = starting_model(shipped_weights(), COMPARISONS, RECORDS)
    factors = fit(more, start).levels["full_name"]
    assert factors[2, MATCH] < 0.1
    assert factors[2, UNRELATED] == factors[2, COLLEAGUE] == 1
