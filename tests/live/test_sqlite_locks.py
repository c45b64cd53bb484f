"""The log of a database in use is not deleted under it by another process that comes and goes."""

import subprocess
import sys
from pathlib import Path

from django.db.utils import ConnectionHandler

from kenes.config.databases import database_settings


def test_a_second_connection_keeps_the_locks_of_this_process(tmp_path: Path, django_db_blocker) -> None:  # type: ignore[no-untyped-def]
    settings = database_settings("", data_dir=tmp_path)
    with django_db_blocker.unblock():
        handler = ConnectionHandler({"first": settings["default"], **settings})
        with handler["first"].cursor() as cursor:
            cursor.execute("CREATE TABLE t (n)")
        for alias in ("snapshot", "default"):
            with handler[alias].cursor() as cursor:
                cursor.execute("SELECT count(*) FROM t")
        log = tmp_path / "kenes.sqlite3-wal"
        inode = log.stat().st_ino
        visitor = (
            f"import sqlite3; c = sqlite3.connect({str(tmp_path / 'kenes.sqlite3')!r}); "
            "c.execute('SELECT count(*) FROM t').fetchall(); c.close()"
        )
        subprocess.run([sys.executable, "-c", visitor], check=True)
        assert [path.stat().st_ino for path in tmp_path.glob("*-wal")] == [inode]
        handler.close_all()
