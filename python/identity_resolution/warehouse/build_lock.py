"""One build at a time writes to a schema.

Postgres: the build holds an advisory lock in a transaction of a connection of its own, open from its start to its end.
The server gives the lock back when that connection ends, however the build ends. Who holds it stands in the name of
the connection (application_name), which every role can read.

DuckDB: the process that has the file open is its only one; the operating system sees to it.
"""

import getpass
import json
import os
import re
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

# macros/engine/stop_for_another_build.sql finds the lock in the same way
TIME = "^idr [0-9a-f]+ ([0-9]+) "
PROCESS = "^idr [0-9a-f]+ [0-9]+ ([0-9]+) "
OWNER = "^idr [0-9a-f]+ [0-9]+ [0-9]+ (.+)$"
KEY = "hashtextextended('identity_resolution build of ' || %s, 0)"
HOLDER = f"""
select
    locks.pid,
    coalesce(substring(activity.application_name from '{OWNER}'), 'role ' || activity.usename) as owner,
    substring(activity.application_name from '{PROCESS}') as process,
    to_char(held.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') as taken_at,
    cast(date_trunc('second', clock_timestamp() - held.taken_at) as text) as age
from pg_locks as locks
left join pg_stat_activity as activity on locks.pid = activity.pid
cross join lateral (
    select to_timestamp(
        cast(substring(activity.application_name from '{TIME}') as double precision)
    ) as taken_at
) as held
where
    locks.locktype = 'advisory'
    and locks.granted
    and locks.database = (select oid from pg_database where datname = current_database())
    and locks.objsubid = 1
    and ((cast(locks.classid as bigint) << 32) | cast(locks.objid as bigint)) = {KEY}
"""
END = f"select pg_terminate_backend(pid) from ({HOLDER}) as holder where pid = %s"
# the name of a connection, of which a server keeps 63 bytes: invocation, time, process, owner
NAME = (
    "'idr ' || %s || ' ' || cast(extract(epoch from clock_timestamp()) as bigint) || ' ' || %s || ' ' || %s"
)
OWNER_LENGTH = 31
# a server that ends idle transactions spares this one, and a host that is gone is noticed after a minute
SETTINGS = {
    "idle_in_transaction_session_timeout": "0",
    "transaction_timeout": "0",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
CONFLICT = re.compile(r"Conflicting lock is held in (?P<program>.+?) \(PID (?P<process>[0-9]+)\)")
ATTEMPTS = 10


@dataclass(frozen=True)
class Owner:
    """Who holds a lock: the person and host, the process there, since when and for how long (texts, empty if unknown).

    connection: the server's process that serves the connection of the lock; 0 for a file.
    """

    name: str
    process: str
    taken_at: str
    age: str
    connection: int = 0

    def __str__(self) -> str:
        parts = [self.name or "unknown owner", f"process {self.process}" if self.process else ""]
        since = f"since {self.taken_at} ({self.age})" if self.taken_at else ""
        return ", ".join(part for part in (*parts, since) if part)


def take(connection: Any, schema: str, invocation_id: str) -> Owner | None:
    """Take the lock of a schema in the transaction of a Postgres connection, or tell who has it.

    The lock is held until the transaction ends: nothing else may use the connection.
    """
    with connection.cursor() as cursor:
        for _ in range(ATTEMPTS):
            cursor.execute(
                f"select set_config('application_name', {NAME}, true)",
                (invocation_id[:8], str(os.getpid()), _here()),
            )
            cursor.execute(
                "select set_config(name, cast(%s as json) ->> name, true) from pg_settings where name = any(%s)",
                (json.dumps(SETTINGS), list(SETTINGS)),
            )
            cursor.execute(f"select pg_try_advisory_xact_lock({KEY})", (schema,))
            if cursor.fetchone()[0]:
                return None
            # a transaction sees the connections as they were when it first looked
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(HOLDER, (schema,))
            row = cursor.fetchone()
            # without a row: it was given back between the two statements
            if row:
                return owner_of(row)
    return Owner("", "", "", "")


def owner_of(row: tuple[Any, ...]) -> Owner:
    """The owner that a row of HOLDER tells."""
    connection, name, process, taken_at, age = row
    return Owner(name or "", process or "", taken_at or "", age or "", int(connection))


def refusal(schema: str, owner: Owner, target: str) -> str:
    """What a second build is told."""
    return (
        f"another build is writing to the schema {schema}: {owner}. "
        f"Run this one when that has ended; if it is dead: idr unlock --target {target}"
    )


def file_refusal(path: Path | str, error: Exception) -> str | None:
    """What is told to who opens a DuckDB file that another process has open; None for any other error."""
    found = CONFLICT.search(str(error))
    if found is None:
        return None
    owner = _process_owner(found["program"], int(found["process"]))
    return (
        f"{path} is open in another process: {owner}. DuckDB lets one process write to a file: "
        "run this one when that has ended"
    )


def _process_owner(program: str, number: int) -> Owner:
    """Owner and start of a process, as far as they can be told: it may be one of another machine."""
    try:
        process = psutil.Process(number)
        if process.exe() != program:
            raise psutil.NoSuchProcess(number)
        begun = datetime.fromtimestamp(process.create_time(), UTC).replace(microsecond=0)
        age = datetime.now(UTC).replace(microsecond=0) - begun
        return Owner(
            f"{Path(program).name} of {process.username()}",
            str(number),
            f"{begun:%Y-%m-%d %H:%M:%S} UTC",
            str(age),
        )
    except (psutil.Error, KeyError, OSError):
        return Owner(Path(program).name, str(number), "", "")


def _here() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid()) if hasattr(os, "getuid") else "unknown"
    return re.sub(r"[^A-Za-z0-9._@-]", "_", f"{user}@{socket.gethostname()}")[:OWNER_LENGTH]
