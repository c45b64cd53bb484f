"""Working days for the desk: how many are left, and where a short span of them ends."""

from datetime import date

from kenes.deadlines.models import CalendarEdition
from kenes.deadlines.queries import as_calendar, calendar_of
from kenes.deadlines.workdays import ONE_DAY, Calendar
from kenes.territories.models import Place

# What a queue counts exactly; beyond it days are only ordered.
FARTHEST_DAYS = 400


def calendar_at(place: Place | None) -> Calendar:
    """Return the working calendar of a place; where none is set up, weekends alone are off."""
    edition = calendar_of(place)
    if edition is not None:
        return as_calendar(edition)
    return Calendar("", "Asia/Almaty", {}, date.min, date.max)


def calendar_by(edition: CalendarEdition | None, otherwise: Calendar) -> Calendar:
    """Return the calendar of an edition, or another where there is none."""
    return as_calendar(edition) if edition is not None else otherwise


def working_days_after(day: date, count: int, *, place: Place | None) -> date:
    """Return the last of `count` working days counted from the day after `day`."""
    return calendar_at(place).after_working_days(day, count)


def working_days_left(due_on: date, *, today: date, calendar: Calendar) -> int:
    """Return the working days after `today` through `due_on`: 0 on the day itself, negative if late."""
    if due_on >= today:
        return _count(today, due_on, calendar)
    return -_count(due_on, today, calendar) or -1


def _count(after: date, until: date, calendar: Calendar) -> int:
    day, count = after, 0
    while day < until and count < FARTHEST_DAYS:
        day += ONE_DAY
        count += calendar.is_working(day)
    return count
