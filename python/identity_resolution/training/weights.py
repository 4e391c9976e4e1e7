"""The matching model as the seeds of seeds/rules hold it: read, written, put into a database."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from identity_resolution.config.seeds import ALL_SOURCES
from identity_resolution.training.mixture import CLASSES, UNRELATED, Array, Comparison, Model
from identity_resolution.warehouse.database import Database

SEEDS = {
    "level_probabilities": ("comparison", "level", "description", *CLASSES),
    "class_rates": ("class", "pairs_per_record", "description"),
    "term_frequencies": ("attribute", "term", "record_count"),
    "source_counts": ("source_system", "record_count", "share"),
    "model_profile": ("property", "value"),
}
# How many customers the shipped shares of a source are worth beside those that are counted.
PRIOR_CUSTOMERS = 30.0
# A class is at most this share of all pairs, however few the records are; the scoring has the same bound.
LARGEST_SHARE = 0.25
Cell = str | int | float


@dataclass(frozen=True)
class Weights:
    """The rows of the seeds that make the matching model, by seed."""

    rows: Mapping[str, Sequence[Sequence[Cell]]]

    def write_seeds(self, folder: Path) -> None:
        """Write the seeds, each whole or not at all."""
        texts = {name: self._text(name) for name in SEEDS}
        for name, text in texts.items():
            (folder / f"{name}.csv.new").write_text(text, encoding="utf-8", newline="")
        for name in SEEDS:
            (folder / f"{name}.csv.new").replace(folder / f"{name}.csv")

    def write_tables(self, database: Database, schema: str) -> None:
        """Put the rows into the tables of the seeds, in place of what is there."""
        for name, columns in SEEDS.items():
            database.replace_rows(schema, name, columns, self.rows[name])

    def with_customers(
        self, counted: Mapping[str, Mapping[int, int]], terms: Sequence[tuple[str, str, int]]
    ) -> "Weights":
        """The same with what is known of customers.

        counted: by source, how many customers have so many records in it. terms: attribute, term, number of records.
        """
        usual = [(int(number), float(share)) for _, number, share in _shipped("source_counts")]
        rows: list[Sequence[Cell]] = [(ALL_SOURCES, number, share) for number, share in usual]
        for source, customers in sorted(counted.items()):
            total = sum(customers.values()) + PRIOR_CUSTOMERS
            for number, share in usual:
                found = customers.get(number, 0) + PRIOR_CUSTOMERS * share
                rows.append((source, number, _rounded(found / total)))
        return Weights({**self.rows, "source_counts": rows, "term_frequencies": list(terms)})

    def _text(self, name: str) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(SEEDS[name])
        writer.writerows(self.rows[name])
        return text.getvalue()


def shipped_weights() -> Weights:
    """What the project ships with: for data too small to learn from, and the beginning of every training."""
    return Weights(
        {
            "level_probabilities": _shipped("level_probabilities"),
            "class_rates": _shipped("class_rates"),
            "term_frequencies": [],
            "source_counts": _shipped("source_counts"),
            "model_profile": [("origin", "shipped")],
        }
    )


def starting_model(weights: Weights, comparisons: Sequence[Comparison], records: int) -> Model:
    """The model that weights stand for on so many records."""
    columns = SEEDS["level_probabilities"]
    levels = {item.name: np.ones((item.levels - 1, len(CLASSES))) for item in comparisons}
    for row in weights.rows["level_probabilities"]:
        values = dict(zip(columns, row, strict=True))
        levels[str(values["comparison"])][int(values["level"]) - 1] = [
            float(values[name]) for name in CLASSES
        ]
    for item in comparisons:
        if not item.joint_of:
            levels[item.name] /= levels[item.name].sum(axis=0, keepdims=True)
    rates = {str(row[0]): float(row[1]) for row in weights.rows["class_rates"]}
    shares = np.zeros(len(CLASSES))
    for place, name in enumerate(CLASSES[:UNRELATED]):
        shares[place] = min(rates[name] * 2 / max(records - 1, 1), LARGEST_SHARE)
    shares[UNRELATED] = 1 - shares.sum()
    return Model(levels, shares)


def trained_weights(
    model: Model,
    records: int,
    profile: Sequence[tuple[str, str]],
) -> Weights:
    """The seeds of a trained model; descriptions are those of the shipped weights."""
    levels: list[tuple[Cell, ...]] = [
        (name, level, description, *(_rounded(value) for value in model.levels[str(name)][int(level) - 1]))
        for name, level, description, *_ in _shipped("level_probabilities")
    ]
    rates: list[tuple[Cell, ...]] = [
        (name, _rounded(model.shares[CLASSES.index(str(name))] * (records - 1) / 2), description)
        for name, _, description in _shipped("class_rates")
    ]
    return Weights(
        {
            "level_probabilities": levels,
            "class_rates": rates,
            "term_frequencies": [],
            "source_counts": _shipped("source_counts"),
            "model_profile": list(profile),
        }
    )


def _shipped(name: str) -> list[tuple[str, ...]]:
    text = (files(__package__) / "shipped" / f"{name}.csv").read_text(encoding="utf-8")
    return [tuple(row) for row in csv.reader(io.StringIO(text))][1:]


def _rounded(value: float | Array) -> float:
    """Six digits: enough for a score, few enough to read."""
    return float(f"{float(value):.6g}")
