"""Terms are opened, moved and closed here; each date that ever stood stays in the ledger."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from kenes.deadlines.errors import DueDateIsPast, ExtensionNeedsReason, TermIsClosed
from kenes.deadlines.models import Term, TermEntry


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
    TermEntry.objects.create(term=term, due_on=due_on, reason=reason.strip(), by_id=_key(by), at=at)
    return term


@transaction.atomic
def change_due_date(
    term: Term, *, due_on: date, by: AbstractBaseUser | None, at: datetime, reason: str
) -> TermEntry | None:
    """Move the date: earlier freely, later (an extension) only with a reason.

    Returns the ledger's new line, or None where the date is the one that stands.
    Raises: TermIsClosed, ExtensionNeedsReason, DueDateIsPast.
    """
    held = _locked(term)
    if held.due_on == due_on:
        return None
    if due_on > held.due_on and not reason.strip():
        raise ExtensionNeedsReason
    _refuse_past(due_on, at=at)
    entry = TermEntry.objects.create(
        term=held, old_due_on=held.due_on, due_on=due_on, reason=reason.strip(), by_id=_key(by), at=at
    )
    held.due_on = term.due_on = due_on
    held.save(update_fields=["due_on"])
    return entry


@transaction.atomic
def close_term(term: Term, *, at: datetime) -> None:
    """End the term: what was due is done. Raises: TermIsClosed."""
    held = _locked(term)
    held.closed_at = term.closed_at = at
    held.save(update_fields=["closed_at"])


def _locked(term: Term) -> Term:
    held = Term.objects.select_for_update().get(pk=term.pk)
    if held.closed_at is not None:
        raise TermIsClosed
    return held


def _refuse_past(due_on: date, *, at: datetime) -> None:
    if due_on < timezone.localdate(at):
        raise DueDateIsPast


def _key(by: AbstractBaseUser | None) -> int | None:
    return None if by is None else by.pk
