"""The holidays of Kazakhstan as the package `holidays` knows them, with Russian names of our own.

Days that the Government moved are known only for the years in which the package has them; whether the
list is right a person confirms in the administration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

import holidays

from kenes.deadlines.states import DayKind
from kenes.deadlines.workdays import SpecialDay

NAMES_RU = {
    "New Year's Day": "Новый год",
    "Orthodox Christmas": "Православное Рождество",
    "International Women's Day": "Международный женский день",
    "Nowruz Holiday": "Наурыз мейрамы",
    "Kazakhstan's People Solidarity Holiday": "Праздник единства народа Казахстана",
    "Defender of the Fatherland Day": "День защитника Отечества",
    "Victory Day": "День Победы",
    "Capital Day": "День столицы",
    "Constitution Day": "День Конституции Республики Казахстан",
    "Republic Day": "День Республики",
    "First President Day": "День Первого Президента Республики Казахстан",
    "Independence Day": "День Независимости",
    "Eid al-Adha": "Курбан айт",
}
# The package's English where the field says it otherwise.
NAMES_EN = {"Nowruz Holiday": "Nauryz", "Eid al-Adha": "Kurban Ait"}
_OBSERVED = " (observed)"
_ESTIMATED = " (estimated)"
_MOVED = "Day off (substituted from "


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A special day with what is to be said of its certainty."""

    special: SpecialDay
    note: str


def package_edition() -> str:
    """Return the package with its version, to be noted as the source."""
    return f"holidays {version('holidays')}"


def known_days(first_year: int, last_year: int) -> list[KnownDay]:
    """Return the special days of the years in their order."""
    years = range(first_year, last_year + 1)
    english = holidays.country_holidays("KZ", years=years, language="en_US")
    kazakh = holidays.country_holidays(
        "KZ", years=years, language="kk", observed=False, islamic_show_estimated=False
    )
    kazakh_names = {
        _without_marks(english[day]): name for day, name in kazakh.items() if _MOVED not in english[day]
    }
    found = [
        known
        for day, name in sorted(english.items())
        for known in _days_of(day, name, kazakh_names, english.weekend_workdays)
    ]
    return sorted(found, key=lambda known: known.special.day)


def _days_of(day: date, name: str, kazakh_names: dict[str, str], worked: set[date]) -> Iterator[KnownDay]:
    if name.startswith(_MOVED):
        other = datetime.strptime(name.removeprefix(_MOVED).rstrip(")"), "%m/%d/%Y").date()  # noqa: DTZ007 (a date)
        yield KnownDay(SpecialDay(day, DayKind.MOVED_OFF, {}, other), "")
        if other in worked:
            yield KnownDay(SpecialDay(other, DayKind.WORKING, {}, day), "")
        return
    kind = DayKind.IN_LIEU if name.endswith(_OBSERVED) else DayKind.HOLIDAY
    plain = _without_marks(name)
    names = {"kk": kazakh_names[plain], "ru": NAMES_RU[plain], "en": NAMES_EN.get(plain, plain)}
    note = "The day is an estimate; confirm it." if name.endswith(_ESTIMATED) else ""
    yield KnownDay(SpecialDay(day, kind, names), note)


def _without_marks(name: str) -> str:
    return name.removesuffix(_ESTIMATED).removesuffix(_OBSERVED)
