"""A SQLite database copied out and switched in while others read and write it.

Source: SQLite, "Online Backup API".
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from kenes.config.backup.advance import ADVANCE, FEEDS
from kenes.config.backup.errors import BackupError
from kenes.live.lane import lane_of

# Another program, not of ours, may hold the file for a moment.
BUSY_SECONDS = 30.0


@contextmanager
def _open(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(path))}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as opened:
        yield opened


def copy_out(database: Path, target: Path) -> None:
    """Copy one consistent state of the database; writers go on meanwhile. Raises: BackupError."""
    if not database.is_file():
        raise BackupError(f"There is no database at {database}.")
    with _open(database, "ro") as source, _open(target, "rwc") as copy:
        # In one step: in several, each commit of another would begin the copy anew.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        check(copy)


def check(database: sqlite3.Connection) -> None:
    """Raise `BackupError` where the database is damaged."""
    try:
        found = [str(row[0]) for row in database.execute("PRAGMA quick_check(3)")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise BackupError(f"The database is damaged: {'; '.join(found)}.")


def prepare(staged: Path) -> None:
    """Bring an unpacked database up to date and begin its new epoch, before anybody sees it."""
    with _open(staged, "rw") as database:
        check(database)
        advance(database)
    environment = {**os.environ, "KENES_DATABASE_URL": f"sqlite://{staged}"}
    for words in (["migrate", "--verbosity", "0"], ["renew_epoch"]):
        command = [sys.executable, "-m", "kenes.config.command", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise BackupError(f"The back-up could not be brought up to date: {done.stderr[-500:]}")


def advance(database: sqlite3.Connection) -> None:
    """Let ids and versions given after the back-up never be given again."""
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE sqlite_sequence SET seq = seq + ?", [ADVANCE])
    database.execute(FEEDS)
    database.execute("COMMIT")


def switch_in(staged: Path, database: Path) -> None:
    """Put the prepared database in the place of the other, in one transaction of the writers' lane."""
    database.parent.mkdir(parents=True, exist_ok=True)
    lane = lane_of(str(database))
    ticket = lane.acquire(lambda: None)
    try:
        with _open(staged, "ro") as source, _open(database, "rwc") as target:
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=WAL")
    finally:
        lane.release(ticket)
