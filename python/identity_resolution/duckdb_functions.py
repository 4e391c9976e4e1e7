"""dbt-duckdb plugin that registers the project's Python functions on every connection."""

from typing import Any

import jellyfish
import pyarrow as pa
import pyarrow.compute as pc
from dbt.adapters.duckdb.plugins import BasePlugin


def metaphone(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Metaphone codes of a batch of folded names, computed once for each distinct name.

    Args:
        names: text array; a name of other letters than a to z, and null, has no code.

    Returns:
        Text array of the same length.
    """
    encoded = pc.dictionary_encode(names)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    codes = [
        jellyfish.metaphone(name)
        if name is not None and name.isascii() and (name.isalpha() or not name)
        else None
        for name in encoded.dictionary.to_pylist()
    ]
    return pa.array(codes, type=pa.string()).take(encoded.indices)


class Plugin(BasePlugin):
    """Registers `idr_metaphone` as a vectorised function."""

    def configure_connection(self, conn: Any) -> None:
        """Register the functions on a new DuckDB connection."""
        conn.create_function(
            "idr_metaphone", metaphone, ["VARCHAR"], "VARCHAR", type="arrow", null_handling="special"
        )
