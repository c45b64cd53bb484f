"""Places as a source states them, before they are written."""

from dataclasses import dataclass
from datetime import date

LANGUAGE_FIELDS = ("name_kk", "name_ru", "name_en")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as a source states it. What the source does not know (None) stays as it is."""

    kato: str
    name_kk: str
    name_ru: str
    name_en: str | None = None
    is_city: bool | None = None
    letters: str | None = None
    zone: str | None = None
    tile_column: int | None = None
    tile_row: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FormerNameRow:
    """A name of the past as a source states it, with its first and last day."""

    kato: str
    name_kk: str
    name_ru: str
    name_en: str
    valid_from: date | None
    valid_to: date


@dataclass(frozen=True, slots=True)
class Written:
    """How many places were added, changed, and found as they should be."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(
            self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged
        )
