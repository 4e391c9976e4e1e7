"""Checks the configuration before dbt builds anything.

dbt-core imports every module named dbt_* and initialises its `plugins` once it has read the project and
before it parses it. What a plugin raises ends the command with that message and exit code 2, on every engine.
"""

from pathlib import Path

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin

PROJECT_NAME = "identity_resolution"

# Commands that load seeds or run the SQL of models. The others (deps, clean, debug, list, parse, docs …) are
# what a person needs whose configuration is wrong.
CHECKED_COMMANDS = frozenset(
    {"build", "clone", "compile", "retry", "run", "seed", "show", "snapshot", "test"}
)


class ConfigurationCheck(dbtPlugin):
    """Stops a command on this project, with one line a fault, if its vars or rule seeds cannot be used."""

    def initialize(self) -> None:
        """Raise the faults of the project that is being run. Projects of other names are left alone."""
        flags = get_flags()
        if self.project_name != PROJECT_NAME or getattr(flags, "WHICH", None) not in CHECKED_COMMANDS:
            return
        # imported here, so that it costs other projects and commands nothing
        from identity_resolution.config import (  # noqa: PLC0415
            ConfigurationError,
            check_project,
            parse_vars,
        )

        try:
            given = parse_vars(flags.VARS) if isinstance(flags.VARS, str) else flags.VARS
            check_project(Path(flags.PROJECT_DIR), given)
        except ConfigurationError as error:
            faults = "1 fault" if len(error.faults) == 1 else f"{len(error.faults)} faults"
            raise ValueError(f"The configuration has {faults}:\n{error}") from None


plugins = [ConfigurationCheck]
