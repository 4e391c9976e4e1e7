"""Copies of the marts that change as a whole for their readers: Parquet files in a folder, or tables in Postgres.

Data go from engine to engine in files; none of it passes through Python.
"""

import secrets
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
from psycopg2 import sql

from identity_resolution.errors import FailedWorkError, UserError
from identity_resolution.warehouse.database import DuckDb, connect_postgres
from identity_resolution.warehouse.profile import Target

CURRENT = "current"
BUILDS_KEPT = 2

# what the marts' types are called in Postgres
TYPES = {"VARCHAR": "text", "DOUBLE": "double precision", "TIMESTAMP WITH TIME ZONE": "timestamptz"}


def marts_of(database: DuckDb) -> list[str]:
    """The tables and views of the target's own schema, without those that stand beside a table of the build.

    Raises UserError if there are none.
    """
    rows = database.execute(
        """
        select table_name from information_schema.tables
        where table_schema = %s and not contains(table_name, '__') order by table_name
        """,
        (database.target.schema,),
    )
    if not any(name == "golden_customers" for (name,) in rows):
        raise UserError(f"{database.description} has no marts yet; build them with: dbt build")
    return [name for (name,) in rows]


def publish_folder(
    database: DuckDb, folder: Path, on_mart: Callable[[str], None] = lambda _: None
) -> list[tuple[str, int]]:
    """Write each mart to `<folder>/<time>/<mart>.parquet`, then let the link `<folder>/current` lead there.

    The link is replaced in one step when all files are there. The build before stays for those who read it still;
    earlier ones, and what a killed publishing has left, go. Returns the marts with their numbers of rows. Raises
    UserError if the folder cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for unfinished in folder.glob(".new-*"):
            shutil.rmtree(unfinished)
        unfinished = folder / f".new-{stamp}"
        unfinished.mkdir()
        counts = []
        database.execute("begin transaction")
        for mart in marts_of(database):
            on_mart(mart)
            file = str(unfinished / f"{mart}.parquet").replace("'", "''")
            rows = database.execute(
                f"""copy (select * from "{database.target.schema}"."{mart}") to '{file}' (format parquet)"""
            )
            counts.append((mart, int(rows[0][0])))
        database.execute("commit")
        unfinished.rename(folder / stamp)
        link = folder / f".{CURRENT}-{secrets.token_hex(4)}"
        link.symlink_to(stamp, target_is_directory=True)
        link.replace(folder / CURRENT)
        builds = sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
        for old in builds[:-BUILDS_KEPT]:
            shutil.rmtree(old)
    except OSError as error:
        raise UserError(f"cannot write to {folder}: {error.strerror or error}") from None
    return counts


def publish_postgres(
    database: DuckDb, target: Target, schema: str, on_mart: Callable[[str], None] = lambda _: None
) -> list[tuple[str, int]]:
    """Put the marts into a schema of a Postgres target, in the place of those that are there, in one transaction.

    Who may read a table that is replaced may read the new one. Returns the marts with their numbers of rows. Raises
    UserError if the database cannot be reached, FailedWorkError if it refuses, as when a view stands on a mart.
    """
    counts = []
    connection = connect_postgres(target)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="idr_publish_") as scratch,
            connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
            database.execute("begin transaction")
            for mart in marts_of(database):
                on_mart(mart)
                file = Path(scratch) / f"{mart}.csv"
                columns = database.execute(
                    """
                    select column_name, data_type from information_schema.columns
                    where table_schema = %s and table_name = %s order by ordinal_position
                    """,
                    (database.target.schema, mart),
                )
                rows = database.execute(
                    f"""copy (select * from "{database.target.schema}"."{mart}")
                    to '{file}' (format csv, header false, nullstr '\\N', force_quote *)"""
                )
                counts.append((mart, int(rows[0][0])))
                table, new = (sql.Identifier(schema, name) for name in (mart, f"{mart}__new"))
                listed = [
                    sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(TYPES.get(kind, kind)))
                    for name, kind in columns
                ]
                cursor.execute(sql.SQL("create table {} ({})").format(new, sql.SQL(", ").join(listed)))
                with file.open(encoding="utf-8") as lines:
                    cursor.copy_expert(
                        sql.SQL("copy {} from stdin with (format csv, null '\\N')").format(new), lines
                    )
                file.unlink()
                cursor.execute(
                    """select grantee from information_schema.role_table_grants
                    where table_schema = %s and table_name = %s and privilege_type = 'SELECT'""",
                    (schema, mart),
                )
                for (grantee,) in cursor.fetchall():
                    role = sql.SQL("public") if grantee == "PUBLIC" else sql.Identifier(grantee)
                    cursor.execute(sql.SQL("grant select on {} to {}").format(new, role))
                cursor.execute(sql.SQL("drop table if exists {}").format(table))
                cursor.execute(sql.SQL("alter table {} rename to {}").format(new, sql.Identifier(mart)))
            database.execute("commit")
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise FailedWorkError(f"the target {target.name} refused the marts: {reason}") from None
    finally:
        connection.close()
    return counts
