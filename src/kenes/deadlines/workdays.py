"""A working calendar as the clock reads it: which days are worked, and why the others are not. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kenes.deadlines.errors import CalendarHasNoWorkingDay
from kenes.deadlines.states import DayKind

ONE_DAY = timedelta(days=1)
WEEKEND = frozenset({6, 7})
# No term reaches so far; a calendar without working days must not hold the clock for ever.
HORIZON = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday: names by language, and the day it was exchanged with."""

    day: date
    kind: DayKind
    names: Mapping[str, str] = field(default_factory=dict)
    other: date | None = None

    @property
    def is_off(self) -> bool:
        """Whether nobody works on it."""
        return self.kind != DayKind.WORKING


@dataclass(frozen=True, slots=True)
class Calendar:
    """One edition of a territory's calendar, with the IANA zone of the place's clocks.

    `weekly_days_off` are ISO weekdays (Monday is 1). Outside `known_from`–`known_to` only the
    weekly days off are known.
    """

    edition: str
    zone: str
    days: Mapping[date, SpecialDay]
    known_from: date
    known_to: date
    closes_at: time = time(18, 0)
    weekly_days_off: frozenset[int] = WEEKEND
    is_confirmed: bool = False

    def is_working(self, day: date) -> bool:
        """Say whether the day is worked."""
        special = self.days.get(day)
        return not special.is_off if special else day.isoweekday() not in self.weekly_days_off

    def first_working(self, day: date) -> date:
        """Return `day` itself, or the next working day. Raises: CalendarHasNoWorkingDay."""
        end = day + HORIZON
        while not self.is_working(day):
            day += ONE_DAY
            if day > end:
                raise CalendarHasNoWorkingDay(edition=self.edition)
        return day

    def after_working_days(self, day: date, count: int) -> date:
        """Return the last of `count` working days counted from the day after `day`."""
        for _each in range(count):
            day = self.first_working(day + ONE_DAY)
        return day

    def local(self, at: datetime) -> datetime:
        """Return the moment on the clocks of the place."""
        return at.astimezone(ZoneInfo(self.zone))

    def knows(self, day: date) -> bool:
        """Say whether the day's holidays are known."""
        return self.known_from <= day <= self.known_to
