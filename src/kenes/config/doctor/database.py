"""The database: settings, migrations, the size of its log, its clock."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone

from kenes.config.doctor.findings import Finding, look, ok, wrong
from kenes.live.models import AnsweredAct

LARGE_LOG_BYTES = 256 * 1024 * 1024
OLDEST_POSTGRESQL = 15
# Connections of one server: pages, reads, relay, listener, writers, worker; and some for people.
CONNECTIONS_NEEDED = 20
SMALL_SKEW, LARGE_SKEW = timedelta(seconds=2), timedelta(seconds=30)


def look_at_database() -> Iterator[Finding]:
    """Yield what there is to say; where the database cannot be reached, only that."""
    connection = connections["default"]
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield wrong(
            "database", f"cannot be reached: {error}".strip(), "Start it, or mend KENES_DATABASE_URL."
        )
        return
    if connection.vendor == "sqlite":
        yield from _sqlite(connection)
    else:
        yield from _postgresql()
    yield _migrations(connection)
    yield from _clock()


def _one(query: str) -> Any:
    with connections["default"].cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _sqlite(connection: Any) -> Iterator[Finding]:
    found = {
        "journal": str(_one("PRAGMA journal_mode")).upper(),
        "synchronous": {2: "FULL", 3: "EXTRA"}.get(_one("PRAGMA synchronous"), "less than FULL"),
        "transactions": str(connection.settings_dict["OPTIONS"].get("transaction_mode")),
    }
    wanted = {"journal": "WAL", "synchronous": "FULL", "transactions": "IMMEDIATE"}
    told = ", ".join(found.values())
    if found == wanted:
        yield ok("database", f"SQLite, {told}")
    else:
        yield wrong(
            "database",
            f"SQLite, {told}; wanted are {', '.join(wanted.values())}",
            "Let no other program open the file; these are set by Kenes at each connection.",
        )
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size < LARGE_LOG_BYTES:
        yield ok("database log", f"{size // 1024} KiB")
    else:
        yield look(
            "database log",
            f"{size // 1024 // 1024} MiB",
            "A reader keeps it from shrinking: look who holds the file open, or restart the server.",
        )


def _postgresql() -> Iterator[Finding]:
    version = int(_one("SHOW server_version_num")) // 10_000
    settings = {
        name: str(_one(f"SHOW {name}")) for name in ("fsync", "synchronous_commit", "server_encoding")
    }
    text = f"PostgreSQL {version}, " + ", ".join(f"{name} {value}" for name, value in settings.items())
    if version < OLDEST_POSTGRESQL:
        yield wrong("database", text, f"Kenes needs PostgreSQL {OLDEST_POSTGRESQL} or newer.")
    elif settings["fsync"] != "on" or settings["synchronous_commit"] == "off":
        yield wrong("database", text, "What is acknowledged would not be durable: set both to on.")
    elif settings["server_encoding"] != "UTF8":
        yield wrong("database", text, "Make the database anew with ENCODING 'UTF8'.")
    else:
        yield ok("database", text)
    most = int(_one("SHOW max_connections"))
    used = int(_one("SELECT count(*) FROM pg_stat_activity"))
    told = f"{used} used of {most}"
    if most - used >= CONNECTIONS_NEEDED:
        yield ok("database connections", told)
    else:
        yield look("database connections", told, "Raise max_connections: one server takes up to 20.")


def _migrations(connection: Any) -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        return ok("migrations", "none missing")
    return wrong("migrations", f"{missing} missing", "Back up (kenes backup), then run: kenes migrate")


def _clock() -> Iterator[Finding]:
    began, began_wall = time.monotonic(), time.time()
    time.sleep(0.1)
    went, went_wall = time.monotonic() - began, time.time() - began_wall
    if not (went > 0 and abs(went - went_wall) < 0.05):
        yield wrong(
            "clock", f"in {went:.3f} s it went {went_wall:.3f} s", "Something sets the clock: look at chrony."
        )
    skew = _skew(timezone.now())
    if skew is None or skew <= SMALL_SKEW:
        yield ok("clock", "goes evenly" if skew is None else "agrees with the database's")
        return
    level = wrong if skew > LARGE_SKEW else look
    yield level(
        "clock",
        f"{skew.total_seconds():.0f} s apart from the database's",
        "Let both machines keep time by chrony or systemd-timesyncd.",
    )


def _skew(now: datetime) -> timedelta | None:
    """Return how far this machine's clock is from the database's; a file's is behind what is in it."""
    if connections["default"].vendor == "postgresql":
        theirs: datetime = _one("SELECT clock_timestamp()")
        return abs(now - theirs)
    try:
        latest: datetime | None = AnsweredAct.objects.aggregate(latest=Max("at"))["latest"]
    except DatabaseError:  # not migrated yet
        return None
    return max(latest - now, timedelta(0)) if latest else None
