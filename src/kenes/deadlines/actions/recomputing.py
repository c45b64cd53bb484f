"""Running terms follow the calendar, each in a short transaction; old and new date stand on the ledger."""

from contextlib import nullcontext
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.deadlines.actions.notices import move_notices
from kenes.deadlines.actions.terms import Line, write_line
from kenes.deadlines.models import CalendarEdition, Term, TermEntry
from kenes.deadlines.observers import moving
from kenes.deadlines.queries.clocked import Readings, edition_for, reckoning_of
from kenes.deadlines.queries.terms import terms_behind
from kenes.deadlines.reckoning import Reckoning
from kenes.deadlines.states import Cause

CHUNK = 200


def recompute_terms(*, by: AbstractBaseUser | None, at: datetime) -> int:
    """Reckon anew the running terms whose calendar has a newer edition; return how many dates moved.

    With a term move the days by which its asker is still to be told of something, old and new on the record.
    What is left undone when the process dies is found again: a term names the edition of its date.
    A date that a person set earlier than the clock's stays, unless the clock's is earlier still.
    """
    moved, last = 0, 0
    readings = Readings()
    while terms := list(terms_behind().filter(pk__gt=last).select_related("calendar")[:CHUNK]):
        for term in terms:
            # Read before the transaction, which must not hold the lane for it.
            edition = edition_for(term)
            readings.calendar(edition, term.zone)
            readings.policies(term.policy_key)
            moved += _follow(term, edition, readings, by=by, at=at)
        last = terms[-1].pk
    return moved


def _follow(
    term: Term, edition: CalendarEdition, readings: Readings, *, by: AbstractBaseUser | None, at: datetime
) -> bool:
    """Reckon one term by an edition; a still newer one is found by the next run.

    Most dates stay as they are: only one that will move is worth the locks of whatever owns it.
    """
    due_on = _date_of(term, reckoning_of(term, edition=edition, readings=readings))
    moves = due_on is not None and due_on != term.due_on
    with moving(term, at=at) if moves else nullcontext(lambda _entry: None) as told, transaction.atomic():
        entry = _recompute(term.pk, edition, readings, by=by, at=at)
        if entry is not None:
            told(entry)
    return entry is not None


def _recompute(
    key: int, edition: CalendarEdition, readings: Readings, *, by: AbstractBaseUser | None, at: datetime
) -> TermEntry | None:
    term = Term.objects.select_for_update().get(pk=key)
    if term.closed_at is not None or term.edition_id == edition.pk:
        return None
    reckoning = reckoning_of(term, edition=edition, readings=readings)
    due_on = _date_of(term, reckoning)
    term.edition = edition
    if reckoning is not None:
        move_notices(term, reckoning, by=by, at=at)
    if due_on is None or due_on == term.due_on:
        term.save(update_fields=["edition"])
        return None
    return write_line(term, Line(due_on, Cause.CALENDAR), by=by, at=at)


def _date_of(term: Term, reckoning: Reckoning | None) -> date | None:
    due_on = reckoning.due_on if reckoning else None
    last = term.entries.order_by("id").last()
    if due_on is not None and last is not None and last.cause == Cause.SET:
        return min(due_on, term.due_on)
    return due_on
