"""Terms are opened, moved and closed here; each date that ever stood stays in the ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from kenes.deadlines.errors import DueDateIsPast, ExtensionNeedsReason, LaterOnlyByExtension, TermIsClosed
from kenes.deadlines.models import Term, TermEntry
from kenes.deadlines.queries.clocked import reckoning_of
from kenes.deadlines.states import Cause
from kenes.record.actions import record_act


@transaction.atomic
def open_term(
    *,
    object_kind: str,
    object_id: str,
    due_on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> Term:
    """Start the term of an object named by (kind, public id), with the ledger's first line.

    Raises: DueDateIsPast.
    """
    _refuse_past(due_on, at=at)
    term = Term.objects.create(object_kind=object_kind, object_id=object_id, due_on=due_on, opened_at=at)
    TermEntry.objects.create(term=term, due_on=due_on, reason=reason.strip(), by_id=key_of(by), at=at)
    return term


@transaction.atomic
def change_due_date(
    term: Term, *, due_on: date, by: AbstractBaseUser | None, at: datetime, reason: str
) -> TermEntry | None:
    """Move the date: earlier freely, later only with a reason; past what the clock gives, not at all.

    Returns the ledger's new line, or None where the date is the one that stands.
    Raises: TermIsClosed, ExtensionNeedsReason, DueDateIsPast, LaterOnlyByExtension.
    """
    held = locked(term)
    if held.due_on == due_on:
        return None
    if due_on > held.due_on and not reason.strip():
        raise ExtensionNeedsReason
    _refuse_beyond_clock(held, due_on)
    _refuse_past(due_on, at=at)
    entry = TermEntry.objects.create(
        term=held, old_due_on=held.due_on, due_on=due_on, reason=reason.strip(), by_id=key_of(by), at=at
    )
    held.due_on = term.due_on = due_on
    held.save(update_fields=["due_on"])
    return entry


@transaction.atomic
def close_term(term: Term, *, at: datetime) -> None:
    """End the term: what was due is done. Raises: TermIsClosed."""
    held = locked(term)
    held.closed_at = term.closed_at = at
    held.save(update_fields=["closed_at"])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger to be written: the date, what caused it and why."""

    due_on: date
    cause: Cause
    reason: str = ""


def write_line(held: Term, line: Line, *, by: AbstractBaseUser | None, at: datetime) -> TermEntry:
    """Write what the clock says into a locked term and its ledger, with the edition it was read from."""
    entry = TermEntry.objects.create(
        term=held,
        old_due_on=held.due_on,
        due_on=line.due_on,
        cause=line.cause,
        edition=held.edition,
        reason=line.reason.strip(),
        by_id=key_of(by),
        at=at,
    )
    record_act(
        act="change_due_date",
        object_kind=held.object_kind,
        object_id=held.object_id,
        by=by,
        at=at,
        reason=line.reason.strip(),
        detail={
            "term": held.public_id,
            "cause": str(line.cause),
            "from": held.due_on.isoformat(),
            "to": line.due_on.isoformat(),
            "calendar": str(held.edition),
        },
    )
    held.due_on = line.due_on
    held.save(update_fields=["due_on", "edition"])
    return entry


def locked(term: Term) -> Term:
    """Return the term as it stands, locked. Raises: TermIsClosed."""
    held = Term.objects.select_for_update().get(pk=term.pk)
    if held.closed_at is not None:
        raise TermIsClosed
    return held


def _refuse_beyond_clock(term: Term, due_on: date) -> None:
    reckoning = reckoning_of(term)
    if reckoning is not None and (reckoning.due_on is None or due_on > reckoning.due_on):
        raise LaterOnlyByExtension


def _refuse_past(due_on: date, *, at: datetime) -> None:
    if due_on < timezone.localdate(at):
        raise DueDateIsPast


def key_of(by: AbstractBaseUser | None) -> int | None:
    """Return the actor's key; None where nobody acts."""
    return None if by is None else by.pk
