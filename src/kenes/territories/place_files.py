"""The classifier's files: each row read, checked, and turned into a place or a reason why not.

Two forms: the official workbook of the Bureau of National Statistics (columns te, ab, cd, ef, hij,
k, name_kaz, name_rus, nn) and a CSV compilation (kato, level, type_code, name_ru, name_kk).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.core.table_files import open_table
from kenes.territories.errors import UnknownColumns
from kenes.territories.rows import PlaceRow
from kenes.territories.rules import is_kato, level_of
from kenes.territories.states import PlaceLevel

OFFICIAL = frozenset({"te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus"})
COMPILED = frozenset({"kato", "level", "name_ru", "name_kk"})
LEVEL_WORDS = {
    "oblast": PlaceLevel.REGION,
    "district": PlaceLevel.DISTRICT,
    "sub_district": PlaceLevel.RURAL_DISTRICT,
    "settlement": PlaceLevel.SETTLEMENT,
}
PARTS = {"ab": 2, "cd": 2, "ef": 2, "hij": 3}
TYPES = frozenset({"", "0", "1", "2", "3", "4"})
URBAN = "1"
LONGEST_NAME = 200

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not imported: its line in the file, its code as written, and why."""

    line: int
    kato: str
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the file: a place, or why it is none."""

    line: int
    kato: str
    place: PlaceRow | None
    reason: str | Promise = ""


def read_places(path: Path) -> Iterator[ReadRow]:
    """Yield every row of a classifier's file, checked by itself. Raises: UnreadableTable, UnknownColumns."""
    with open_table(path) as table:
        columns = frozenset(table.header)
        if not (columns >= OFFICIAL or columns >= COMPILED):
            raise UnknownColumns(
                expected=" / ".join(", ".join(sorted(form)) for form in (OFFICIAL, COMPILED)),
                found=", ".join(name for name in table.header if name)[:200],
            )
        is_official = columns >= OFFICIAL
        for line, cells in table.records():
            yield _checked(line, _renamed(cells) if is_official else cells)


def edition_of(path: Path) -> str:
    """Return the edition that a compiled file names in its first row, or nothing."""
    with open_table(path) as table:
        return next((cells.get("kato_version", "") for _line, cells in table.records()), "")


def _renamed(cells: Cells) -> Cells:
    """Return the official columns under the names of the compiled form."""
    code = cells["te"]
    parts = [cells[name].zfill(length) if cells[name] else "" for name, length in PARTS.items()]
    return {
        "kato": code,
        "parts": "".join(parts) if all(parts) else code,
        "level": "",
        "type_code": cells["k"],
        "name_kk": cells["name_kaz"],
        "name_ru": cells["name_rus"],
    }


def _checked(line: int, cells: Cells) -> ReadRow:
    code = cells["kato"]
    reason = _fault_of_code(cells) or _fault_of_names(cells)
    if reason:
        return ReadRow(line, code, None, reason)
    name_kk, name_ru = (" ".join(cells[name].split()) for name in ("name_kk", "name_ru"))
    is_city = _is_city(code, cells.get("type_code", ""), name_ru)
    return ReadRow(line, code, PlaceRow(code, name_kk, name_ru, is_city=is_city))


def _fault_of_code(cells: Cells) -> str | Promise:
    code, level = cells["kato"], cells["level"]
    if not is_kato(code):
        return _("The code must be nine digits, the first two a region's.")
    if cells.get("parts", code) != code:
        return _("The code is not what its parts (ab, cd, ef, hij) make.")
    if level and LEVEL_WORDS.get(level) is None:
        return _("The level is not known: it must be oblast, district, sub_district or settlement.")
    if level and LEVEL_WORDS[level] != level_of(code):
        return _("The level is not the one that the digits of the code show.")
    if cells.get("type_code", "") not in TYPES:
        return _("The type code must be a digit from 0 to 4.")
    return ""


def _fault_of_names(cells: Cells) -> str | Promise:
    names = (cells["name_kk"], cells["name_ru"])
    if not all(names):
        return _("A name is missing: both the Kazakh and the Russian one are needed.")
    if any("?" in name or "\ufffd" in name for name in names):
        return _("A name has lost letters when the file was saved. Please save it as UTF-8.")
    if any(len(name) > LONGEST_NAME for name in names):
        return _("A name is longer than 200 characters.")
    return ""


def _is_city(code: str, type_code: str, name_ru: str) -> bool:
    """A region of urban type is a city of republican significance; below it the name says so."""
    if level_of(code) == PlaceLevel.REGION:
        return type_code == URBAN
    return name_ru.startswith("г.") or name_ru.lower().endswith("г.а.")
