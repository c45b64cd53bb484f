"""The places Kenes ships, read from the CSV files beside this module (see its README)."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kenes.territories.rows import FormerNameRow, PlaceRow

FOLDER = Path(__file__).resolve().parent


def shipped_regions() -> list[PlaceRow]:
    """Return the regions and cities of republican significance of 2021 and of today."""
    return [
        PlaceRow(
            kato=line["kato"],
            name_kk=line["name_kk"],
            name_ru=line["name_ru"],
            name_en=line["name_en"],
            is_city=line["is_city"] == "1",
            letters=line["letters"],
            zone=line["zone"],
            tile_column=int(line["tile_column"]),
            tile_row=int(line["tile_row"]),
            valid_from=_day(line["valid_from"]),
            valid_to=_day(line["valid_to"]),
        )
        for line in _lines("regions.csv")
    ]


def shipped_districts() -> list[PlaceRow]:
    """Return the districts of Akmola."""
    return [
        PlaceRow(
            kato=line["kato"],
            name_kk=line["name_kk"],
            name_ru=line["name_ru"],
            name_en=line["name_en"],
            is_city=line["is_city"] == "1",
            valid_from=_day(line["valid_from"]),
            valid_to=_day(line["valid_to"]),
        )
        for line in _lines("districts.csv")
    ]


def shipped_former_names() -> list[FormerNameRow]:
    """Return the names that places bore for a time."""
    return [
        FormerNameRow(
            kato=line["kato"],
            name_kk=line["name_kk"],
            name_ru=line["name_ru"],
            name_en=line["name_en"],
            valid_from=_day(line["valid_from"]),
            valid_to=date.fromisoformat(line["valid_to"]),
        )
        for line in _lines("former_names.csv")
    ]


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
