"""Evaluates data sets and writes the table of docs/benchmarks.md.

Usage: python benchmarks/accuracy.py [DATASET_DIR …] [--records 2400,10000,100000] [--target duckdb]

Each DATASET_DIR has records and truth; for each number of --records customers are generated (seed 1). The table stands
between two markers in docs/benchmarks.md, with the command and the versions that made it.
"""

from __future__ import annotations

import argparse
import platform
import shlex
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from identity_resolution.errors import UserError
from identity_resolution.evaluation.command import evaluate_dataset
from identity_resolution.generation.generate import generate
from identity_resolution.warehouse.database import scratch_folder
from identity_resolution.warehouse.profile import read_target

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
START, END = "<!-- accuracy: start -->", "<!-- accuracy: end -->"
HEADER = (
    "| data set | records | people | customers | precision | recall | F1 | B-cubed F1 | review "
    "| load s | build s | MB |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def row(result: dict[str, Any]) -> str:
    """One line of the table."""
    pairwise, seconds = result["pairwise"], result["seconds"]
    cells = (
        result["dataset"],
        f"{result['records']:,}",
        f"{result['people']:,}",
        f"{result['clusters']:,}",
        f"{pairwise['precision']:.4f}",
        f"{pairwise['recall']:.4f}",
        f"{pairwise['f1']:.4f}",
        f"{result['b_cubed']['f1']:.4f}",
        f"{result['review_pairs']:,}",
        f"{seconds['load']:.1f}",
        f"{seconds['build']:.1f}",
        f"{result['peak_memory_mb']:,.0f}",
    )
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    """Evaluate, print each line as it comes, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("datasets", nargs="*", type=Path)
    parser.add_argument("--records", default="", help="sizes of generated data sets, separated by commas")
    parser.add_argument("--target", default="duckdb")
    given = parser.parse_args()
    lines = []
    try:
        target = read_target(given.target, PAGE.parents[1])
        for folder in given.datasets:
            lines.append(row(evaluate_dataset(folder, target)))
            print(lines[-1], flush=True)
        for size in filter(None, given.records.split(",")):
            with scratch_folder() as scratch:
                folder = scratch / f"generated {int(size):,}"
                generate(int(size), 1, folder, "parquet")
                lines.append(row(evaluate_dataset(folder, target)))
                print(lines[-1], flush=True)
    except UserError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return error.exit_code
    names = " ".join(f"DATASETS/{folder.resolve().name}" for folder in given.datasets)
    options = f" --records {given.records}" if given.records else ""
    command = f"python benchmarks/accuracy.py {shlex.join(names.split())}{options} --target {given.target}"
    versions = ", ".join(f"{name} {version(name)}" for name in ("identity-resolution", "dbt-core", "duckdb"))
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    table = "\n".join((HEADER, *lines))
    made = (
        f"`{command}` on {date.today().isoformat()}: {versions}, Python {platform.python_version()}, 2 cores."
    )
    PAGE.write_text(f"{before}{START}\n\n{made}\n\n{table}\n\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
