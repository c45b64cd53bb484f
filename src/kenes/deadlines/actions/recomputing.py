"""Running terms follow the calendar, each in a short transaction; old and new date stand on the ledger."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.deadlines.actions.terms import Line, write_line
from kenes.deadlines.models import CalendarEdition, Term
from kenes.deadlines.queries.clocked import edition_for, reckoning_of
from kenes.deadlines.queries.terms import terms_behind
from kenes.deadlines.states import Cause

CHUNK = 200


def recompute_terms(*, by: AbstractBaseUser | None, at: datetime) -> int:
    """Reckon anew the running terms whose calendar has a newer edition; return how many dates moved.

    What is left undone when the process dies is found again: a term names the edition of its date.
    A date that a person set earlier than the clock's stays, unless the clock's is earlier still.
    """
    moved, last = 0, 0
    while keys := list(terms_behind().filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        moved += sum(_recompute(key, by=by, at=at) for key in keys)
        last = keys[-1]
    return moved


@transaction.atomic
def _recompute(key: int, *, by: AbstractBaseUser | None, at: datetime) -> bool:
    term = Term.objects.select_for_update().get(pk=key)
    edition = edition_for(term)
    if term.closed_at is not None or term.edition_id == edition.pk:
        return False
    due_on = _new_date(term, edition)
    term.edition = edition
    if due_on is None or due_on == term.due_on:
        term.save(update_fields=["edition"])
        return False
    write_line(term, Line(due_on, Cause.CALENDAR), by=by, at=at)
    return True


def _new_date(term: Term, edition: CalendarEdition) -> date | None:
    reckoning = reckoning_of(term, edition=edition)
    due_on = reckoning.due_on if reckoning else None
    last = term.entries.order_by("id").last()
    if due_on is not None and last is not None and last.cause == Cause.SET:
        return min(due_on, term.due_on)
    return due_on
