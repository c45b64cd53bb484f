"""Which calendar holds at a place, and as the clock reads it."""

from django.conf import settings

from kenes.core.languages import in_languages
from kenes.deadlines.models import CalendarDay, CalendarEdition, WorkingCalendar
from kenes.deadlines.states import DayKind, EditionState
from kenes.deadlines.workdays import Calendar, SpecialDay
from kenes.territories.models import Place

COUNTRY = "KZ"


def current_edition(calendar: WorkingCalendar | None) -> CalendarEdition | None:
    """Return the published edition that holds: the one with the highest number."""
    if calendar is None:
        return None
    editions = CalendarEdition.objects.filter(calendar=calendar).exclude(state=EditionState.DRAFT)
    return editions.select_related("calendar").order_by("-number").first()


def calendar_of(place: Place | None) -> CalendarEdition | None:
    """Return the edition that holds at a place: of the nearest place above it with one, or the country's."""
    above = [code for code in place.path.split("/") if code] if place else []
    for key in [*reversed(above), COUNTRY]:
        edition = current_edition(WorkingCalendar.objects.filter(key=key).first())
        if edition is not None:
            return edition
    return None


def as_calendar(edition: CalendarEdition, *, zone: str = settings.TIME_ZONE) -> Calendar:
    """Return an edition as the clock reads it, with the clocks of `zone`."""
    return Calendar(
        edition=str(edition),
        zone=zone,
        days={row.day: _special(row) for row in edition.days.all()},
        known_from=edition.known_from,
        known_to=edition.known_to,
        closes_at=edition.closes_at,
        weekly_days_off=frozenset(int(digit) for digit in edition.weekly_days_off),
        is_confirmed=edition.state == EditionState.CONFIRMED,
    )


def _special(row: CalendarDay) -> SpecialDay:
    return SpecialDay(row.day, DayKind(row.kind), in_languages(row, "name"), row.other)
