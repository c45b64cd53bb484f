"""Counting days and months: one span of a term, each day with its number or the reason it has none. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kenes.deadlines.errors import CalendarHasNoWorkingDay
from kenes.deadlines.policy import Policy
from kenes.deadlines.reckoning import Line, Span
from kenes.deadlines.states import DayKind, LastDayRule, Reason, SpanKind, Unit
from kenes.deadlines.workdays import HORIZON, ONE_DAY, Calendar

Counted = tuple[tuple[Line, ...], date | None]


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands on the days after `since` through `until`; None is not yet."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Say whether the clock stands on the day."""
        return self.since < day and (self.until is None or day <= self.until)


def count_span(  # noqa: PLR0913 (all that a span follows from)
    kind: SpanKind,
    length: tuple[Unit, int],
    first: date,
    policy: Policy,
    calendar: Calendar,
    pauses: Sequence[Pause],
    *,
    reason: str = "",
) -> Span:
    """Count `length` from `first`, then move a last day that is off, if the policy says so.

    Source: Administrative Procedure Code, art. 76(5), for the last day.
    """
    unit, count = length
    if unit == Unit.MONTH:
        lines, last_day = _count_months(count, first, pauses)
    else:
        lines, last_day = _count_days(length, first, calendar, pauses)
    skipped: tuple[Line, ...] = ()
    due_on = last_day
    if last_day is not None and policy.last_day == LastDayRule.NEXT_WORKING_DAY:
        due_on = calendar.first_working(last_day)
        skipped = _days_off(last_day + ONE_DAY, due_on, calendar)
    return Span(kind, unit, count, lines, last_day, due_on, skipped, reason)


def day_off_line(day: date, calendar: Calendar) -> Line:
    """Return why nobody works on a day off."""
    special = calendar.days.get(day)
    return Line(day, Reason.SPECIAL_DAY_OFF if special else Reason.WEEKLY_DAY_OFF, special=special)


def add_months(day: date, count: int) -> date:
    """Return the same day `count` months later, or that month's last where it has no such day.

    Source: Civil Code of Kazakhstan, art. 173 (from general knowledge).
    """
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _count_days(
    length: tuple[Unit, int], first: date, calendar: Calendar, pauses: Sequence[Pause]
) -> Counted:
    unit, count = length
    lines: list[Line] = []
    day, number = first, 0
    while number < count:
        pause = _pause_on(day, pauses)
        if pause is not None and pause.until is None:
            return tuple(lines), None
        line = Line(day, Reason.PAUSED) if pause else _line_of(day, unit, number + 1, calendar)
        number = line.number or number
        lines.append(line)
        if day - first > HORIZON:
            raise CalendarHasNoWorkingDay(edition=calendar.edition)
        day += ONE_DAY
    return tuple(lines), day - ONE_DAY


def _line_of(day: date, unit: Unit, number: int, calendar: Calendar) -> Line:
    if unit == Unit.WORKING_DAY and not calendar.is_working(day):
        return day_off_line(day, calendar)
    special = calendar.days.get(day)
    works_instead = unit == Unit.WORKING_DAY and special is not None and special.kind == DayKind.WORKING
    return Line(day, Reason.WORKS_INSTEAD if works_instead else Reason.COUNTED, number, special)


def _count_months(count: int, first: date, pauses: Sequence[Pause]) -> Counted:
    """Count months to the day before `first`'s day, then a day more for each the clock stood."""
    begin = first - ONE_DAY
    ends = [add_months(begin, number) for number in range(1, count + 1)]
    lines = [Line(day, Reason.COUNTED, number) for number, day in enumerate(ends, start=1)]
    day, end = first, ends[-1]
    while day <= end:
        pause = _pause_on(day, pauses)
        if pause is not None and pause.until is None:
            return (), None
        if pause is not None:
            end += ONE_DAY
            lines.append(Line(end, Reason.MADE_UP))
        day += ONE_DAY
    return tuple(lines), end


def _pause_on(day: date, pauses: Sequence[Pause]) -> Pause | None:
    return next((pause for pause in pauses if pause.holds(day)), None)


def _days_off(first: date, before: date, calendar: Calendar) -> tuple[Line, ...]:
    days = [date.fromordinal(number) for number in range(first.toordinal(), before.toordinal())]
    return tuple(day_off_line(day, calendar) for day in days)
