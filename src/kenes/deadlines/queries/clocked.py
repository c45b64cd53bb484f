"""Terms by the clock: what happened to them, their explanation, and a due date to be proposed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from kenes.deadlines.clock import reckon
from kenes.deadlines.errors import NoCalendar
from kenes.deadlines.events import Event, Extended, Paused, Redirected, Registered, Reopened, Resumed
from kenes.deadlines.models import CalendarEdition, DeadlinePolicy, Term, TermEvent
from kenes.deadlines.policy import Extension, Policy, Source
from kenes.deadlines.queries.calendars import as_calendar, calendar_of, current_edition
from kenes.deadlines.reckoning import Reckoning
from kenes.deadlines.states import (
    AfterHoursRule,
    Certainty,
    EventKind,
    ExtensionStart,
    LastDayRule,
    StartRule,
    Unit,
)
from kenes.deadlines.workdays import Calendar
from kenes.territories.models import Place
from kenes.territories.queries import zone_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """A due date by the clock, with what it follows from; a person may take an earlier one."""

    due_on: date
    policy_key: str
    registered_at: datetime
    edition: CalendarEdition
    reckoning: Reckoning


def propose_due_date(policy: str, registered_at: datetime, place: Place | None) -> Proposal:
    """Return the due date by a policy's key for what came at a moment, at a place (None: anywhere).

    Raises: NoCalendar, NoPolicyOnDay.
    """
    edition = calendar_of(place)
    if edition is None:
        raise NoCalendar
    zone = zone_of(place, timezone.localdate(registered_at)) if place else settings.TIME_ZONE
    told = reckon([Registered(registered_at)], policies_of(policy), as_calendar(edition, zone=zone))
    # A clock that has only been started does not stand.
    due_on = told.due_on or told.current.registered_on
    return Proposal(due_on, policy, registered_at, edition, told)


def policies_of(key: str) -> tuple[Policy, ...]:
    """Return the editions of a policy, the oldest first."""
    rows = DeadlinePolicy.objects.filter(key=key).order_by(F("valid_from").asc(nulls_first=True))
    return tuple(as_policy(row) for row in rows)


def happened_to(term: Term) -> tuple[Event, ...]:
    """Return what happened to a term by the clock, in order."""
    return tuple(_event(row) for row in term.events.order_by("id"))


class Readings:
    """Published calendars and policies, each read once for many terms. Use it for one run only."""

    def __init__(self) -> None:
        self._calendars: dict[tuple[int, str], Calendar] = {}
        self._policies: dict[str, tuple[Policy, ...]] = {}

    def calendar(self, edition: CalendarEdition, zone: str) -> Calendar:
        """Return the edition as the clock reads it."""
        key = (edition.pk, zone)
        if key not in self._calendars:
            self._calendars[key] = as_calendar(edition, zone=zone)
        return self._calendars[key]

    def policies(self, key: str) -> tuple[Policy, ...]:
        """Return the editions of a policy."""
        if key not in self._policies:
            self._policies[key] = policies_of(key)
        return self._policies[key]


def reckoning_of(
    term: Term, *, edition: CalendarEdition | None = None, readings: Readings | None = None
) -> Reckoning | None:
    """Return the explanation of a term's date by the edition it was reckoned by (or another).

    None where a person set the date without the clock. Raises what the clock raises.
    """
    edition = edition or term.edition
    if not term.policy_key or edition is None:
        return None
    read = readings or Readings()
    return reckon(happened_to(term), read.policies(term.policy_key), read.calendar(edition, term.zone))


def edition_for(term: Term) -> CalendarEdition:
    """Return the edition that holds now for a term by the clock. Raises: NoCalendar."""
    edition = current_edition(term.calendar)
    if edition is None:
        raise NoCalendar
    return edition


def as_policy(row: DeadlinePolicy) -> Policy:
    """Return an edition of a policy as the clock reads it."""
    extension = (
        Extension(
            Unit(row.extension_unit),
            row.extension_count,
            row.extension_times,
            notice_within=row.notice_within,
            start=ExtensionStart(row.extension_start),
        )
        if row.extension_unit
        else None
    )
    return Policy(
        key=row.key,
        unit=Unit(row.unit),
        count=row.count,
        source=Source(row.act, row.article, row.edition, Certainty(row.certainty), row.note),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        start=StartRule(row.start),
        after_hours=AfterHoursRule(row.after_hours),
        last_day=LastDayRule(row.last_day),
        extension=extension,
        redirect_within=row.redirect_within,
    )


def _event(row: TermEvent) -> Event:
    match EventKind(row.kind):
        case EventKind.REGISTERED:
            return Registered(row.at)
        case EventKind.PAUSED:
            return Paused(row.at, row.reason)
        case EventKind.RESUMED:
            return Resumed(row.at)
        case EventKind.EXTENDED:
            return Extended(row.at, int(row.detail["count"]), row.reason)
        case EventKind.REOPENED:
            return Reopened(row.at, row.reason)
        case kind:
            received_at = datetime.fromisoformat(row.detail["received_at"])
            return Redirected(row.at, received_at, is_part=kind == EventKind.REDIRECTED_PART)
