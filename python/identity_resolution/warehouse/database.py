"""One class an engine for what the tools do with a database."""

import csv
import secrets
import shutil
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import duckdb
import psycopg2
import pyarrow as pa
import pyarrow.parquet as pq
from psycopg2 import sql
from psycopg2.extras import execute_values

from identity_resolution.errors import FailedWorkError, UserError
from identity_resolution.warehouse import build_lock
from identity_resolution.warehouse.profile import Target

FORMATS = ("csv", "parquet")
LONGEST_FIELD = 16_777_216
SECONDS_TO_END = 10


class Database(ABC):
    """A database of a target. A context manager: the connection is closed at the end, for dbt to take over."""

    def __init__(self, target: Target) -> None:
        self.target = target

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""

    @abstractmethod
    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement with bound values, written %s; returns the rows, none if it gives none."""

    @abstractmethod
    def load_text(self, schema: str, table: str, path: Path, columns: Sequence[str] = ()) -> int:
        """Replace a table by a CSV or Parquet file, all columns text; returns the number of rows.

        With `columns` the table has just these, and those that the file lacks are null. Raises UserError if the file
        cannot be read.
        """

    @abstractmethod
    def replace_rows(
        self, schema: str, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Put rows into a table that exists, in place of those it has, in one transaction."""

    @abstractmethod
    def drop_schemas(self, prefix: str) -> None:
        """Drop all schemas whose names begin with the prefix, with everything in them."""

    @abstractmethod
    def build_owner(self) -> build_lock.Owner | None:
        """Who holds the lock of the target's schema, if anybody."""

    @abstractmethod
    def end_build_lock(self, owner: build_lock.Owner) -> None:
        """Take the lock away from its owner. Raises UserError if the role may not."""

    @property
    @abstractmethod
    def description(self) -> str:
        """Where the database is, without secrets."""

    def has_table(self, schema: str, table: str) -> bool:
        """Whether there is such a table or view."""
        found = "select count(*) from information_schema.tables where table_schema = %s and table_name = %s"
        return bool(self.execute(found, (schema, table))[0][0])


class DuckDb(Database):
    """A DuckDB file."""

    def __init__(self, target: Target, *, read_only: bool = False) -> None:
        super().__init__(target)
        self._path = Path(target.settings["path"])
        if not self._path.is_absolute():
            self._path = target.project_dir / self._path
        if read_only and not self._path.exists():
            raise UserError(f"there is no database {self._path} yet; build it with: make demo, or dbt build")
        try:
            self._connection = duckdb.connect(str(self._path), read_only=read_only)
        except duckdb.Error as error:
            refusal = build_lock.file_refusal(self._path, error)
            raise UserError(refusal or f"cannot open {self._path}: {_first_line(error)}") from None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement."""
        try:
            cursor = self._connection.execute(statement.replace("%s", "?"), list(values))
            return cursor.fetchall() if cursor.description else []
        except duckdb.CatalogException as error:
            raise _incomplete(self.description, error) from None

    def load_text(self, schema: str, table: str, path: Path, columns: Sequence[str] = ()) -> int:
        """Replace a table by a file."""
        present = columns_of(path)
        wanted = columns or present
        listed = ", ".join(
            f'cast("{name}" as varchar) as "{name}"'
            if name in present
            else f'cast(null as varchar) as "{name}"'
            for name in wanted
        )
        reader = (
            "read_parquet(?)"
            if path.suffix == ".parquet"
            else "read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', "
            "null_padding = false, auto_detect = false, "
            f"columns = {{{', '.join(repr(name) + ': ' + repr('VARCHAR') for name in present)}}})"
        )
        self._connection.execute(f'create schema if not exists "{schema}"')
        try:
            self._connection.execute(
                f'create or replace table "{schema}"."{table}" as select {listed} from {reader}', [str(path)]
            )
        except duckdb.Error as error:
            raise UserError(f"{path} cannot be read: {_first_line(error)}") from None
        return int(self.execute(f'select count(*) from "{schema}"."{table}"')[0][0])

    def replace_rows(
        self, schema: str, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Put rows into a table."""
        listed = ", ".join(f'"{column}"' for column in columns)
        values = [pa.array(column) for column in zip(*rows, strict=True)] or [pa.nulls(0)] * len(columns)
        self._connection.register("idr_rows", pa.table(values, names=list(columns)))
        try:
            self._connection.execute("begin")
            self._connection.execute(f'delete from "{schema}"."{table}"')
            self._connection.execute(f'insert into "{schema}"."{table}" ({listed}) from idr_rows')
            self._connection.execute("commit")
        except duckdb.Error:
            self._connection.execute("rollback")
            raise
        finally:
            self._connection.unregister("idr_rows")

    def drop_schemas(self, prefix: str) -> None:
        """Drop schemas."""
        found = (
            "select distinct schema_name from information_schema.schemata where starts_with(schema_name, ?)"
        )
        for (name,) in self._connection.execute(found, [prefix]).fetchall():
            self._connection.execute(f'drop schema "{name}" cascade')

    def build_owner(self) -> build_lock.Owner | None:
        """Nobody: the file could be opened, so that no other process writes to it."""
        return None

    def end_build_lock(self, owner: build_lock.Owner) -> None:
        """Nothing to do: the lock of a file ends with its process."""

    @property
    def description(self) -> str:
        """The file."""
        return str(self._path)


class Postgres(Database):
    """A PostgreSQL database."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._connection = connect_postgres(target)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement in a transaction of its own."""
        try:
            with self._connection, self._connection.cursor() as cursor:
                cursor.execute(statement, tuple(values) or None)
                return list(cursor.fetchall()) if cursor.description else []
        except (psycopg2.errors.UndefinedTable, psycopg2.errors.InvalidSchemaName) as error:
            raise _incomplete(self.description, error) from None

    def load_text(self, schema: str, table: str, path: Path, columns: Sequence[str] = ()) -> int:
        """Replace a table by a file."""
        present = columns_of(path)
        wanted = list(columns or present)
        name = sql.Identifier(schema, table)
        create = sql.SQL("create table {} ({})").format(
            name, sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(column)) for column in wanted)
        )
        loaded = [column for column in present if column in wanted]
        copy = sql.SQL("copy {} ({}) from stdin with (format csv)").format(
            name, sql.SQL(", ").join(map(sql.Identifier, loaded))
        )
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
            cursor.execute(sql.SQL("drop table if exists {} cascade").format(name))
            cursor.execute(create)
            try:
                cursor.copy_expert(copy, _CsvStream(_rows(path, loaded)))
            except psycopg2.Error as error:
                raise UserError(f"{path} cannot be read: {_first_line(error)}") from None
            cursor.execute(sql.SQL("select count(*) from {}").format(name))
            return int(cursor.fetchone()[0])

    def replace_rows(
        self, schema: str, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Put rows into a table."""
        name = sql.Identifier(schema, table)
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute(sql.SQL("delete from {}").format(name))
            execute_values(cursor, sql.SQL("insert into {} ({}) values %s").format(name, listed), rows)

    def drop_schemas(self, prefix: str) -> None:
        """Drop schemas."""
        found = "select schema_name from information_schema.schemata where starts_with(schema_name, %s)"
        for (name,) in self.execute(found, (prefix,)):
            with self._connection, self._connection.cursor() as cursor:
                cursor.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(name)))

    def build_owner(self) -> build_lock.Owner | None:
        """The owner that the server knows."""
        rows = self.execute(build_lock.HOLDER, (self.target.schema,))
        return build_lock.owner_of(rows[0]) if rows else None

    def end_build_lock(self, owner: build_lock.Owner) -> None:
        """End the connection that holds the lock, if it is still the owner's."""
        try:
            self.execute(build_lock.END, (self.target.schema, owner.connection))
        except psycopg2.errors.InsufficientPrivilege as error:
            raise UserError(
                f"{_first_line(error)}; the lock can be taken away by the role that builds, "
                "and by members of pg_signal_backend"
            ) from None
        end = time.monotonic() + SECONDS_TO_END
        while (current := self.build_owner()) is not None and current.connection == owner.connection:
            if time.monotonic() > end:
                raise FailedWorkError(f"the server has not ended the connection {owner.connection} yet")
            time.sleep(0.05)

    @property
    def description(self) -> str:
        """Host and database."""
        settings = self.target.settings
        return f"PostgreSQL {settings['host']}:{settings['port']}, database {settings['dbname']}"


def open_database(target: Target, *, read_only: bool = False) -> Database:
    """Connect to a target's database. read_only lets a DuckDB file be read beside other readers."""
    if target.engine == "duckdb":
        return DuckDb(target, read_only=read_only)
    return Postgres(target)


@contextmanager
def scratch_target(target: Target, folder: Path) -> Iterator[Target]:
    """A target like this one on an empty database of its own, which is removed at the end, whatever happens."""
    if target.engine == "duckdb":
        path = str(folder / "evaluation.duckdb")
        yield Target(
            target.name, target.project_dir, {**target.raw, "path": path}, {**target.settings, "path": path}
        )
        return
    name = f"idr_evaluation_{secrets.token_hex(4)}"
    _administer(target, sql.SQL("create database {}").format(sql.Identifier(name)))
    try:
        yield Target(
            target.name,
            target.project_dir,
            {**target.raw, "dbname": name},
            {**target.settings, "dbname": name},
        )
    finally:
        _administer(target, sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="idr_"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def columns_of(path: Path) -> list[str]:
    """The names of the columns of a CSV or Parquet file. Raises UserError if it has none or is not UTF-8."""
    try:
        if path.suffix == ".parquet":
            return list(pq.read_schema(path).names)
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {_first_line(error)}") from None
    if not header:
        raise UserError(f"{path} has no header line")
    header = [name.strip() for name in header]
    if len(set(header)) < len(header):
        raise UserError(f"{path} names a column twice in its header")
    return header


def _rows(path: Path, columns: Sequence[str]) -> Iterator[list[str | None]]:
    if path.suffix == ".parquet":
        for batch in pq.ParquetFile(path).iter_batches(columns=list(columns)):
            yield from map(
                list, zip(*(column.cast("string").to_pylist() for column in batch.columns), strict=True)
            )
        return
    # the same files are refused as by DuckDB's reader
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header = [name.strip() for name in next(reader)]
            positions = [header.index(column) for column in columns]
            for row in reader:
                if not row:
                    continue
                if len(row) != len(header):
                    what = f"{len(row)} fields, {len(header)} in the header"
                    raise UserError(f"{path} cannot be read: line {reader.line_num} has {what}")
                if any("\0" in value for value in row):
                    raise UserError(f"{path} cannot be read: line {reader.line_num} holds a NUL")
                yield [row[position] or None for position in positions]
        except UnicodeDecodeError:
            raise UserError(f"{path} is not UTF-8") from None
        except csv.Error as error:
            raise UserError(f"{path} cannot be read: line {reader.line_num}: {error}") from None


class _CsvStream:
    """What COPY reads: rows as CSV lines, made as they are asked for."""

    def __init__(self, rows: Iterator[list[str | None]]) -> None:
        self._rows = rows
        self._rest = ""

    def read(self, size: int = -1) -> str:
        parts, length = [self._rest], len(self._rest)
        for row in self._rows:
            line = (
                ",".join("" if value is None else '"' + value.replace('"', '""') + '"' for value in row)
                + "\n"
            )
            parts.append(line)
            length += len(line)
            if 0 <= size <= length:
                break
        text = "".join(parts)
        if size < 0:
            self._rest = ""
            return text
        self._rest = text[size:]
        return text[:size]


def connect_postgres(target: Target) -> Any:
    """A connection to a Postgres target. Raises UserError if there is none to be had."""
    settings = target.settings
    try:
        return psycopg2.connect(
            host=settings["host"],
            port=settings["port"],
            user=settings["user"],
            password=settings.get("password") or settings.get("pass"),
            dbname=settings["dbname"],
            sslmode=settings.get("sslmode") or "prefer",
        )
    except psycopg2.OperationalError as error:
        raise UserError(f"cannot connect to the target {target.name}: {_first_line(error)}") from None


def _administer(target: Target, statement: sql.Composed) -> None:
    connection = connect_postgres(target)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except psycopg2.Error as error:
        raise FailedWorkError(
            f"the target {target.name} refused a scratch database: {_first_line(error)}"
        ) from None
    finally:
        connection.close()


def _incomplete(description: str, error: Exception) -> FailedWorkError:
    """What a query that misses a table means to a user."""
    return FailedWorkError(
        f"{description} lacks a table of a whole build; build it with: dbt build ({_first_line(error)})"
    )


def _first_line(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
