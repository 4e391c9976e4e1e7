"""dbt-duckdb plugin that registers the project's Python functions on every connection."""

from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from identity_resolution.phonetics import metaphone


class Plugin(BasePlugin):
    """Registers `idr_metaphone` as a vectorised function."""

    def configure_connection(self, conn: Any) -> None:
        """Register the functions on a new DuckDB connection."""
        conn.create_function(
            "idr_metaphone", metaphone, ["VARCHAR"], "VARCHAR", type="arrow", null_handling="special"
        )
