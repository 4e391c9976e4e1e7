"""Writing tables of text as CSV or Parquet, part by part."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from identity_resolution.generation.dice import Booleans
from identity_resolution.generation.sources import Columns
from identity_resolution.generation.text import change

FORMATS = ("csv", "parquet")


class TableFiles:
    """The files of a folder, one a table, that grow as parts of the tables come in. A context manager.

    rows counts what was written to each table.
    """

    def __init__(self, folder: Path, file_format: str) -> None:
        self._folder = folder
        self._open: Callable[[Path, Columns], _CsvFile | _ParquetFile] = (
            _CsvFile if file_format == "csv" else _ParquetFile
        )
        self._format = file_format
        self._files: dict[str, _CsvFile | _ParquetFile] = {}
        self.rows: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()

    def write(self, table: str, columns: Columns) -> None:
        """Append rows to a table. All parts of a table have the same columns."""
        if table not in self._files:
            self._files[table] = self._open(self._folder / f"{table}.{self._format}", columns)
        self._files[table].write(columns)
        self.rows[table] = self.rows.get(table, 0) + len(next(iter(columns.values())))


class _CsvFile:
    """Comma-separated, UTF-8, quotes only where needed, null as nothing; the bytes are our own doing."""

    def __init__(self, path: Path, columns: Columns) -> None:
        self._file: BinaryIO = path.open("wb")
        self._file.write((",".join(columns) + "\n").encode())

    def write(self, columns: Columns) -> None:
        fields = []
        for values in columns.values():
            quoted = change(values, _needs_quotes(values), _quoted)
            fields.append(pc.fill_null(quoted, ""))
        lines = pc.binary_join_element_wise(pc.binary_join_element_wise(*fields, ","), "", "\n")
        if len(lines):
            size = pc.sum(pc.binary_length(lines)).as_py()
            self._file.write(memoryview(lines.buffers()[2])[:size])

    def close(self) -> None:
        self._file.close()


_SPECIAL = np.zeros(256, dtype=bool)
_SPECIAL[list(b'",\r\n')] = True


def _needs_quotes(values: pa.Array) -> Booleans:
    values = pa.concat_arrays([values])  # of its own buffers, from their start
    found = np.zeros(len(values), dtype=bool)
    content = values.buffers()[2]
    if content:
        ends = np.frombuffer(values.buffers()[1], dtype=np.int32, count=len(values) + 1)
        places = np.flatnonzero(_SPECIAL[np.frombuffer(content, dtype=np.uint8, count=ends[-1])])
        found[np.searchsorted(ends, places, side="right") - 1] = True
    return found


def _quoted(values: pa.Array) -> pa.Array:
    doubled = pc.replace_substring(values, '"', '""')
    return pc.binary_join_element_wise('"', doubled, '"', "")


class _ParquetFile:
    """All columns text."""

    def __init__(self, path: Path, columns: Columns) -> None:
        self._schema = pa.schema([(column, pa.string()) for column in columns])
        self._writer = pq.ParquetWriter(path, self._schema)

    def write(self, columns: Columns) -> None:
        self._writer.write_table(pa.table(dict(columns), schema=self._schema))

    def close(self) -> None:
        self._writer.close()
