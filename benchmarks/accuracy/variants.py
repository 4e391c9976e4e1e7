"""Data sets made of others: with columns missing, and random samples of few records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import duckdb

from identity_resolution.errors import UserError
from identity_resolution.evaluation.command import evaluate_dataset
from identity_resolution.evaluation.dataset import RECORD_CONTRACT, find_file
from identity_resolution.warehouse.database import columns_of, scratch_folder
from identity_resolution.warehouse.profile import Target

KEYS = ("source_system", "source_record_id")
NAMES = ("full_name", "first_name", "middle_name", "last_name")
# what is left of the columns
NARROW = {
    "names and birth dates": (*NAMES, "date_of_birth"),
    "names and email": (*NAMES, "email"),
    "names and place": (*NAMES, "city", "state", "postal_code", "country"),
    "no birth date": tuple(name for name in RECORD_CONTRACT if name != "date_of_birth"),
    "no email, phone, official id": tuple(
        name for name in RECORD_CONTRACT if name not in ("email", "phone", "national_id")
    ),
}
FEW = 400

NARROW_HEADER = (
    "| data set | records | precision | recall | F1 | ECE | ECE ≥ 0.5 | pairs / record |\n" + "|---" * 8 + "|"
)
SAMPLE_HEADER = (
    "| samples | records each | mean precision | lowest | precision of all | mean recall | recall of all |\n"
    + "|---" * 7
    + "|"
)


def reader(path: Path) -> str:
    """What DuckDB reads a file of a data set by; the path is bound."""
    return "read_parquet(?)" if path.suffix == ".parquet" else "read_csv(?, all_varchar = true)"


def files(folder: Path) -> dict[str, Path]:
    """The files of a data set: records and truth."""
    paths = {name: find_file(folder, name) for name in ("records", "truth")}
    if None in paths.values():
        raise UserError(f"{folder} is no data set: it needs records and truth, as .csv or .parquet")
    return {name: path for name, path in paths.items() if path is not None}


def record_count(folder: Path) -> int:
    """How many records a data set has."""
    path = files(folder)["records"]
    return int(duckdb.execute(f"select count(*) from {reader(path)}", [str(path)]).fetchall()[0][0])


def narrow(folder: Path, columns: tuple[str, ...], out: Path) -> bool:
    """Copy a data set with only these columns, unless that leaves out nothing it has, or nothing but names."""
    paths = files(folder)
    connection = duckdb.connect()
    has = columns_of(paths["records"])
    filled = connection.execute(
        f"select {', '.join(f'count({name})' for name in has)} from {reader(paths['records'])}",
        [str(paths["records"])],
    ).fetchall()[0]
    values = {
        name for name, count in zip(has, filled, strict=True) if count and name not in (*KEYS, "updated_at")
    }
    left = values & set(columns)
    if left == values or left <= set(NAMES):
        return False
    out.mkdir(parents=True)
    kept = ", ".join(name for name in has if name in (*KEYS, *columns))
    for name, path in paths.items():
        listed = kept if name == "records" else "*"
        connection.execute(
            f"copy (select {listed} from {reader(path)}) to '{out}/{name}.parquet'", [str(path)]
        )
    return True


def sample(folder: Path, records: int, seed: int, is_whole: bool, out: Path) -> None:
    """Copy a random sample: of records, or (is_whole) of people with all their records, up to a number of records."""
    paths = files(folder)
    connection = duckdb.connect()
    out.mkdir(parents=True)
    for name, path in paths.items():
        connection.execute(f"create table {name} as select * from {reader(path)}", [str(path)])
    order = (
        "md5(entity_id || ' ' || $seed), md5(source_system || ' ' || source_record_id)"
        if is_whole
        else "md5(source_system || ' ' || source_record_id || ' ' || $seed)"
    )
    connection.execute(
        f"create table picked as select {', '.join(KEYS)} from truth order by {order} limit {records}",
        {"seed": str(seed)},
    )
    for name in paths:
        connection.execute(
            f"copy (select * from {name} semi join picked using ({', '.join(KEYS)})) to '{out}/{name}.parquet'"
        )


def narrow_rows(folder: Path, target: Target) -> Iterator[str]:
    """The lines of a data set with columns missing, and of a few hundred records of it; trained on each."""
    name = folder.resolve().name
    with scratch_folder() as scratch:
        made = []
        for label, columns in NARROW.items():
            out = scratch / label
            if narrow(folder, columns, out):
                made.append((label, out))
        few = scratch / "few"
        sample(folder, FEW, 1, True, few)
        made.append((f"{FEW} records", few))
        for label, out in made:
            result = evaluate_dataset(out, target)
            pairwise, calibration = result["pairwise"], result["calibration"]
            cells = (
                f"{name}, {label}",
                f"{result['records']:,}",
                *(f"{pairwise[part]:.4f}" for part in ("precision", "recall", "f1")),
                f"{calibration['expected_calibration_error']:.4f}",
                f"{calibration['merge_calibration_error']:.4f}",
                f"{result['candidate_pairs'] / result['records']:.1f}",
            )
            yield "| " + " | ".join(cells) + " |"


def sample_row(folder: Path, target: Target, samples: int, records: int, is_whole: bool) -> str:
    """The line of random samples that are too small to train on, so that the project's weights count, the shipped ones.

    Precision and recall of all: of the pairs of all samples together; a sample may have few.
    """
    precision, recall, merged, right, true = [], [], 0, 0, 0
    for seed in range(1, samples + 1):
        with scratch_folder() as scratch:
            sample(folder, records, seed, is_whole, scratch / "sample")
            result = evaluate_dataset(scratch / "sample", target, is_trained=False)
        precision.append(result["pairwise"]["precision"])
        recall.append(result["pairwise"]["recall"])
        pairs = {
            side: sum(count * size * (size - 1) // 2 for size, count in sizes.items())
            for side, sizes in result["cluster_sizes"].items()
        }
        merged += pairs["customers"]
        true += pairs["people"]
        right += round(recall[-1] * pairs["people"])
    what = "people of" if is_whole else "records of"
    cells = (
        f"{samples} of {what} {folder.resolve().name}",
        str(records),
        f"{mean(precision):.4f}",
        f"{min(precision):.4f}",
        f"{right / max(merged, 1):.4f}",
        f"{mean(recall):.4f}",
        f"{right / max(true, 1):.4f}",
    )
    return "| " + " | ".join(cells) + " |"
