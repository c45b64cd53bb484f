"""Measures in a process of its own: `python -m bench.register_parts bare|export`; answers in JSON."""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from typing import Any

ROUNDS = 30
BARE_COLUMNS = "code, state, language, channel, text, asked_at, votes_confirmed, votes_guest"


def main() -> None:
    """Run the part that is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")
    import django

    django.setup()
    print(json.dumps({"bare": _bare, "export": _export}[sys.argv[1]]()))


def _bare() -> dict[str, float]:
    """The newest 31 rows by the primary key alone: what any list of them costs at least."""
    from django.db import connection

    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM questions_question ORDER BY id DESC LIMIT 31")
            cursor.fetchall()
        times.append((time.perf_counter() - began) * 1000)
    return {"ms": statistics.median(times)}


def _export() -> dict[str, float]:
    """All of the register as the worker makes it; memory is what the process grew by at its peak."""
    from django.utils import timezone

    from kenes.register.actions import ask_for_export
    from kenes.register.models import Export
    from kenes.register.tasks import make_waiting_exports

    ask_for_export(query="language=en", file_format="csv", language="ru", at=timezone.now())
    make_waiting_exports()  # everything is loaded once
    ask_for_export(query="", file_format="csv", language="ru", at=timezone.now())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    make_waiting_exports()
    took = time.monotonic() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    made = Export.objects.latest("pk")
    if made.state != "ready":
        raise RuntimeError("The export failed.")
    return {"seconds": took, "megabytes": grown / 1024, "rows": made.rows, "bare": _bare_export()}


def _bare_export() -> float:
    """Every row of the one table read by its key and written as CSV: what any export costs at least."""
    import csv

    from django.db import connection

    began = time.monotonic()
    last = 2**62
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as file, connection.cursor() as cursor:
        writer = csv.writer(file)
        while rows := _rows_before(cursor, last):
            writer.writerows(rows)
            last = rows[-1][0]
    return time.monotonic() - began


def _rows_before(cursor: Any, last: int) -> list[tuple[Any, ...]]:
    cursor.execute(
        f"SELECT id, {BARE_COLUMNS} FROM questions_question WHERE id < %s ORDER BY id DESC LIMIT 500", [last]
    )
    return list(cursor.fetchall())


if __name__ == "__main__":
    main()
