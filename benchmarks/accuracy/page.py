"""The page docs/benchmarks.md: a section is replaced between its two markers, with the command that made it."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def command_line(script: str, datasets: Sequence[Path], **options: str) -> str:
    """The command as a reader would type it: data sets in a folder of theirs, options that are given."""
    words = [f"python benchmarks/{script}", *(f"DATASETS/{folder.resolve().name}" for folder in datasets)]
    return " ".join([*words, *(f"--{name} {value}" for name, value in options.items() if value)])


def write_section(name: str, command: str, packages: Sequence[str], text: str) -> None:
    """Put text between the markers of a section, under the command, the date and the versions."""
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(start)[0], page.split(end)[1]
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    made = (
        f"`{command}` on {date.today().isoformat()}: {versions}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores."
    )
    PAGE.write_text(f"{before}{start}\n\n{made}\n\n{text}\n\n{end}{after}", encoding="utf-8")
