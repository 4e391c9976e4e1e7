"""Evaluates data sets, beside public matchers on the same data, and writes the tables of docs/benchmarks.md.

Usage: python benchmarks/accuracy [DATASET_DIR …] [--records 2400,10000,100000] [--strict] [--peers splink,goldenmatch]
                                  [--variants] [--samples 20] [--kinds]

Each DATASET_DIR has records and truth; for each number of --records customers are generated (seed 1). Every data set is
trained on, without its truth; --strict evaluates it once more without the loose blocking rules. --peers, from the extra
`peers`, are run on the same data. --variants: data sets of up to 50,000 records with columns missing, and 400 records
of each. --samples: so many random samples of 150 records of each, with the project's weights. --kinds: what candidate
pairs agree on. --only-small: only these three. A table stands between two markers, with the command and versions that
made it; if not made, it stays as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import evidence
import peers
import variants
from page import PAGE, command_line, write_section

from identity_resolution.config.project import Project
from identity_resolution.errors import UserError
from identity_resolution.evaluation.command import evaluate_dataset
from identity_resolution.generation.generate import generate
from identity_resolution.warehouse.database import scratch_folder
from identity_resolution.warehouse.profile import Target, read_target

HEADER = (
    "| data set | records | people | customers | precision | recall | F1 | B-cubed F1 | exact F1 | ECE | ECE ≥ 0.5 "
    "| review | pairs / record | load s | train s | build s | MB |\n" + "|---" * 17 + "|"
)


SAMPLE_RECORDS = 150
LARGEST_VARIED = 50_000


def row(name: str, result: dict[str, Any]) -> str:
    """One line of the table."""
    pairwise, seconds, calibration = result["pairwise"], result["seconds"], result["calibration"]
    cells = (
        name,
        f"{result['records']:,}",
        f"{result['people']:,}",
        f"{result['clusters']:,}",
        f"{pairwise['precision']:.4f}",
        f"{pairwise['recall']:.4f}",
        f"{pairwise['f1']:.4f}",
        f"{result['b_cubed']['f1']:.4f}",
        f"{result['exact_clusters']['f1']:.4f}",
        f"{calibration['expected_calibration_error']:.4f}",
        f"{calibration['merge_calibration_error']:.4f}",
        f"{result['review_pairs']:,}",
        f"{result['candidate_pairs'] / result['records']:.1f}",
        f"{seconds['load']:.1f}",
        f"{seconds['train']:.1f}",
        f"{seconds['build']:.1f}",
        f"{result['peak_memory_mb']:,.0f}",
    )
    return "| " + " | ".join(cells) + " |"


def evaluated(folder: Path, target: Target, is_strict: bool) -> list[str]:
    """The lines of a data set."""
    name = folder.resolve().name
    lines = [row(name, evaluate_dataset(folder, target))]
    if is_strict:
        rules = [
            rule for rule in Project(target.project_dir).vars["blocking_rules"] if not rule.get("is_loose")
        ]
        result = evaluate_dataset(folder, target, variables={"blocking_rules": rules})
        lines.append(row(f"{name}, no loose keys", result))
    return lines


def run(
    folders: Sequence[Path], target: Target, is_strict: bool, others: Sequence[str]
) -> tuple[list[str], list[str]]:
    """The lines of both tables, printed as they come."""
    lines, beside = [], []
    for folder in folders:
        for line in evaluated(folder, target, is_strict):
            lines.append(line)
            print(line, flush=True)
        for name in others:
            beside.append(peers.row(folder.resolve().name, name, folder))
            print(beside[-1], flush=True)
    return lines, beside


def run_small(
    folders: Sequence[Path], target: Target, has_variants: bool, samples: int
) -> tuple[list[str], list[str]]:
    """The lines of the tables of variants and of samples, printed as they come."""
    narrow, few = [], []
    for folder in folders:
        if has_variants:
            for line in variants.narrow_rows(folder, target):
                narrow.append(line)
                print(line, flush=True)
        for is_whole in (False, True) if samples else ():
            few.append(variants.sample_row(folder, target, samples, SAMPLE_RECORDS, is_whole))
            print(few[-1], flush=True)
    return narrow, few


def main() -> int:
    """Evaluate, print each line as it comes, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("datasets", nargs="*", type=Path)
    parser.add_argument("--records", default="", help="sizes of generated data sets, separated by commas")
    parser.add_argument("--target", default="duckdb")
    parser.add_argument("--strict", action="store_true", help="once more without the loose blocking rules")
    parser.add_argument("--variants", action="store_true", help="columns missing, and few records")
    parser.add_argument(
        "--samples", type=int, default=0, help=f"random samples of {SAMPLE_RECORDS} records each"
    )
    parser.add_argument("--kinds", action="store_true", help="what candidate pairs agree on")
    parser.add_argument("--only-small", action="store_true", help="only --variants, --samples and --kinds")
    parser.add_argument("--peers", default="", help=f"of {', '.join(peers.PEERS)}, separated by commas")
    given = parser.parse_args()
    others = [name for name in given.peers.split(",") if name]
    try:
        target = read_target(given.target, PAGE.parents[1])
        with scratch_folder() as scratch:
            folders = list(given.datasets)
            for size in filter(None, given.records.split(",")):
                folders.append(scratch / f"generated {int(size):,}")
                generate(int(size), 1, folders[-1], "parquet")
            lines, beside = ([], []) if given.only_small else run(folders, target, given.strict, others)
            kinds = [line for folder in folders if given.kinds for line in evidence.rows(folder, target)]
            small = [folder for folder in folders if variants.record_count(folder) <= LARGEST_VARIED]
            narrow, few = run_small(small, target, given.variants, given.samples)
    except UserError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return error.exit_code
    options = {"records": given.records, "target": given.target, "peers": given.peers}
    command = command_line("accuracy", given.datasets, **options)
    for flag in ("strict", "variants", "kinds", "only_small"):
        command += f" --{flag.replace('_', '-')}" if getattr(given, flag) else ""
    command += f" --samples {given.samples}" if given.samples else ""
    packages = ("identity-resolution", "dbt-core", "duckdb")
    used = sorted({name.split("_", maxsplit=1)[0] for name in others})
    for section, names, header, found in (
        ("accuracy", packages, HEADER, lines),
        ("peers", used, peers.HEADER, beside),
        ("kinds", packages, evidence.HEADER, kinds),
        ("variants", packages, variants.NARROW_HEADER, narrow),
        ("samples", packages, variants.SAMPLE_HEADER, few),
    ):
        if found:
            write_section(section, command, names, "\n".join((header, *found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
