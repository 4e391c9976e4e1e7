"""Checks the configuration before dbt builds anything, and lets one build at a time write to a schema.

dbt-core imports every module named dbt_* and initialises its `plugins` once it has read the project and
before it parses it; it asks them for nodes when it parses. What a plugin raises ends the command with that message and
exit code 2, on every engine.
"""

from pathlib import Path
from typing import Any

from dbt.adapters.contracts.connection import Connection, ConnectionState, Identifier
from dbt.adapters.factory import FACTORY
from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin
from dbt.plugins.manifest import PluginNodes
from dbt_common.events.event_manager_client import add_callback_to_manager
from dbt_common.exceptions import DbtRuntimeError
from dbt_common.invocation import get_invocation_id

PROJECT_NAME = "identity_resolution"

# Commands that load seeds or run the SQL of models. The others (deps, clean, debug, list, parse, docs …) are
# what a person needs whose configuration is wrong.
CHECKED_COMMANDS = frozenset(
    {"build", "clone", "compile", "retry", "run", "seed", "show", "snapshot", "test"}
)


# Commands that write tables of the project.
WRITING_COMMANDS = frozenset({"build", "clone", "run", "seed", "snapshot"})


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


class BuildLock(dbtPlugin):
    """Stops a command that writes while another one writes to the same schema, and holds the lock until it ends."""

    def initialize(self) -> None:
        """Nothing is known of the database yet."""
        self._connection: Any = None

    def get_nodes(self) -> PluginNodes:
        """Take the lock of the adapter that dbt parses for. There are no nodes to give."""
        if self.project_name == PROJECT_NAME and getattr(get_flags(), "WHICH", None) in WRITING_COMMANDS:
            for adapter in FACTORY.adapters.values():
                take = {"postgres": self._take_schema, "duckdb": self._take_file}.get(adapter.type())
                if take is not None:
                    take(adapter)
        return PluginNodes()

    # what dbt's decorator of this name does, but for the method's name before a message
    get_nodes.is_dbt_hook = True  # type: ignore[attr-defined]

    def _take_schema(self, adapter: Any) -> None:
        """The lock is a connection of its own: dbt closes each of its own with the node that it was opened for."""
        from identity_resolution.warehouse import build_lock  # noqa: PLC0415 (costs other projects nothing)

        if self._connection is not None:
            return
        credentials = adapter.config.credentials
        settings = Connection(
            type=Identifier("postgres"),
            name="build_lock",
            credentials=credentials,
            state=ConnectionState.INIT,
            transaction_open=False,
            handle=None,
        )
        handle = adapter.connections.open(settings).handle
        # a server gives the lock back at the end of a transaction
        if handle.autocommit:
            handle.autocommit = False
        owner = build_lock.take(handle, credentials.schema, get_invocation_id())
        if owner is not None:
            handle.close()
            raise DbtRuntimeError(build_lock.refusal(credentials.schema, owner, adapter.config.target_name))
        self._connection = handle
        add_callback_to_manager(self._release)

    def _release(self, event: Any) -> None:
        """The process may live on, if dbt was called from Python."""
        if event.info.name == "CommandCompleted" and self._connection is not None:
            self._connection.close()
            self._connection = None

    @staticmethod
    def _take_file(adapter: Any) -> None:
        """Open the file as dbt will do, which keeps it open from then on."""
        import duckdb  # noqa: PLC0415

        from identity_resolution.warehouse import build_lock  # noqa: PLC0415

        with adapter.connection_named("build_lock"):
            try:
                adapter.connections.get_thread_connection().handle.cursor()
            except duckdb.IOException as error:
                refusal = build_lock.file_refusal(adapter.config.credentials.path, error)
                if refusal is None:
                    raise
                raise DbtRuntimeError(refusal) from None


plugins = [ConfigurationCheck, BuildLock]
