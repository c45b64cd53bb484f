"""A PostgreSQL database dumped and restored by its own programs; both must be installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.db import connections

from kenes.config.backup.advance import ADVANCE, FEEDS
from kenes.config.backup.errors import BackupError
from kenes.live.epoch import new_epoch_value

_SEQUENCES = f"""
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT format('%I.%I', schemaname, sequencename) AS name
             FROM pg_sequences WHERE schemaname = 'public' LOOP
    PERFORM setval(one.name, nextval(one.name) + {ADVANCE});
  END LOOP;
END $$;
"""  # noqa: S608 (a number of ours)


def dump(target: Path) -> None:
    """Dump one consistent state of the database; writers go on meanwhile. Raises: BackupError."""
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", *_where()])


def restore(dumped: Path, script: Path) -> None:
    """Put the dump in the place of what is there, with a new epoch, in one transaction."""
    _run(
        [
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            f"--file={script}",
            str(dumped),
        ]
    )
    with script.open("a", encoding="utf-8") as file:
        # The dump has emptied the search path for its own names.
        file.write("\nSET search_path = public;\n")
        file.write(f"UPDATE live_epoch SET value = '{new_epoch_value()}', begun_at = now();\n")  # noqa: S608
        file.write(f"{FEEDS};\n{_SEQUENCES}")
    _run(["psql", "--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", f"--file={script}", *_where()])


def others_connected() -> int:
    """Return how many other connections the database has."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def _where() -> Sequence[str]:
    settings = connections["default"].settings_dict
    places = {"host": settings["HOST"], "port": settings["PORT"], "username": settings["USER"]}
    return [
        *(f"--{name}={value}" for name, value in places.items() if value),
        f"--dbname={settings['NAME']}",
    ]


def _run(words: Sequence[str]) -> None:
    program = _program(words[0])
    password = str(connections["default"].settings_dict["PASSWORD"])
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(  # noqa: S603
        [program, *words[1:]], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{words[0]} failed: {done.stderr.strip()[-500:]}")


def _program(name: str) -> str:
    """Return the newest installed program of this name: an older one refuses a newer server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    here = [str(folder / name) for folder in reversed(folders) if (folder / name).is_file()]
    found = here[0] if here else shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not installed; on Debian or Ubuntu: apt-get install postgresql-client")
    return found
