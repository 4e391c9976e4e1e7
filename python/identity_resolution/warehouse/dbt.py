"""Runs dbt as a process of its own: its progress can be shown, its memory measured."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import yaml
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from identity_resolution.config.project import PROJECT_NAME
from identity_resolution.errors import FailedWorkError
from identity_resolution.warehouse.profile import Target

SAMPLE_SECONDS = 0.05
MEGABYTE = 1_000_000
FAILED = ("Failure in", "Runtime Error in", "Database Error in", "Compilation Error in")
# what dbt writes before the message of this project's own checks
STOPPED = "Encountered an error: Runtime Error "
# what an engine quotes in a message may be a value of a record
VALUE = r"'[^']*'|(?<=: )\"[^\"]*\"|\"[^\"]*@[^\"]*\""


@dataclass(frozen=True)
class DbtRun:
    """What a dbt command cost: seconds of wall time, and the peak of the resident memory of all its processes (MB)."""

    seconds: float
    peak_memory_mb: float


def run_dbt(
    target: Target, folder: Path, arguments: list[str], variables: dict[str, Any], title: str
) -> DbtRun:
    """Run a dbt command on a target, with a progress bar on a terminal.

    dbt's files go to `folder`. Raises FailedWorkError with the first failed node and dbt's reason, in one line.
    """
    profile = {PROJECT_NAME: {"target": target.name, "outputs": {target.name: target.raw}}}
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("dbt")),
        *(
            "--log-format",
            "json",
            "--log-level",
            "info",
            "--no-send-anonymous-usage-stats",
            "--log-level-file",
            "none",
        ),
        *arguments,
        *("--project-dir", str(target.project_dir), "--profiles-dir", str(folder), "--target", target.name),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        *("--vars", json.dumps(variables)),
    ]
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    started = time.perf_counter()
    faults: list[str] = []
    with (
        Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ)
        ) as process,
    ):
        memory = _MemorySampler(process.pid)
        task = progress.add_task(title, total=None)
        try:
            for line in process.stdout or ():
                _follow(line, progress, task, title, faults)
        except BaseException:
            process.terminate()
            raise
        finally:
            peak = memory.stop()
    if process.returncode:
        reason = _reason(faults) or f"exit code {process.returncode}"
        raise FailedWorkError(f"dbt {arguments[0]} failed: {reason}")
    return DbtRun(time.perf_counter() - started, peak)


def _reason(faults: list[str]) -> str:
    """The first failed node and what its database said, which comes as a message of its own; values are masked."""
    failed = next((place for place, fault in enumerate(faults) if fault.startswith(FAILED)), None)
    if failed is None:
        return re.sub(VALUE, "'…'", faults[0]) if faults else ""
    return " ".join(
        [faults[failed], *(re.sub(VALUE, "'…'", fault) for fault in faults[failed + 1 : failed + 2])]
    )


def _follow(line: str, progress: Progress, task: Any, title: str, faults: list[str]) -> None:
    try:
        event = json.loads(line)
    except ValueError:
        faults.append(" ".join(line.split())[:300])
        return
    info, data = event.get("info", {}), event.get("data", {})
    if info.get("name") in {"RunResultError", "MainEncounteredError", "RunResultFailure"} or (
        info.get("level") == "error"
        and info.get("name") not in {"LogModelResult", "LogSeedResult", "LogNodeResult"}
    ):
        message = " ".join(str(info.get("msg", "")).split()).removeprefix(STOPPED)
        faults.append(message[:300])
    if info.get("name") in {"LogModelResult", "LogSeedResult", "LogNodeResult"} and data.get("total"):
        node = (data.get("node_info") or {}).get("node_name", "")
        progress.update(task, description=f"{title} {node:<34.34}", total=data["total"], advance=1)


class _MemorySampler:
    """Samples the resident memory of a process and its children in a thread."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._peak = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """End sampling; returns the peak in MB."""
        self._is_over.set()
        self._thread.join()
        return round(self._peak / MEGABYTE, 1)

    def _sample(self) -> None:
        while not self._is_over.wait(SAMPLE_SECONDS):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self._peak = max(self._peak, sum(_memory(member) for member in family))
            except psutil.Error:
                continue


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
