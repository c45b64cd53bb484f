"""Days on which the demonstration's offices are at work, by the country's calendar, whatever today is."""

from datetime import date, timedelta

from kenes.deadlines.queries.calendars import as_calendar, calendar_of
from kenes.deadlines.workdays import ONE_DAY, Calendar


def office_calendar() -> Calendar | None:
    """Return the country's calendar; None where none is published, and then only weekends are known."""
    edition = calendar_of(None)
    return as_calendar(edition) if edition is not None else None


def is_office_day(day: date, calendar: Calendar | None) -> bool:
    """Say whether offices are at work on a day."""
    return calendar.is_working(day) if calendar is not None else day.isoweekday() <= 5


def office_day(day: date, calendar: Calendar | None, *, step: timedelta = ONE_DAY) -> date:
    """Return the day itself, or the next one in the step's direction on which offices are at work."""
    while not is_office_day(day, calendar):
        day += step
    return day
