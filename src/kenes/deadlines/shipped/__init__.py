"""The policies and standing rules Kenes ships, read from the CSV files beside this module (README there)."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kenes.deadlines.states import ExtensionStart

FOLDER = Path(__file__).resolve().parent
_DAYS = ("valid_from", "valid_to")
_COUNTS = ("notice_within", "redirect_within")


def shipped_policies() -> list[dict[str, Any]]:
    """Return the editions of policies as the columns of their model."""
    return [_typed(line) for line in lines_of("policies.csv")]


def lines_of(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a file by their columns."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _typed(line: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: value for name, value in line.items() if name != "rules"}
    row |= {name: date.fromisoformat(line[name]) if line[name] else None for name in _DAYS}
    row |= {name: int(line[name]) if line[name] else None for name in _COUNTS}
    row["count"] = int(line["count"])
    row["extension_count"] = int(line["extension_count"] or 0)
    row["extension_times"] = int(line["extension_times"] or 1)
    row["extension_start"] = line["extension_start"] or ExtensionStart.AFTER_LAST_DAY
    return row
