"""Terms by the clock: each event is a row, and the date that follows a line of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.deadlines.actions.notices import move_notices
from kenes.deadlines.actions.terms import Line, key_of, locked, write_line
from kenes.deadlines.errors import EventsOutOfOrder, TermHasNoClock
from kenes.deadlines.models import Notice, Term, TermEntry, TermEvent
from kenes.deadlines.queries.clocked import Proposal, edition_for, propose_due_date, reckoning_of
from kenes.deadlines.reckoning import Reckoning
from kenes.deadlines.states import Cause, DutyKind, EventKind
from kenes.territories.models import Place

Actor = AbstractBaseUser | None


@dataclass(frozen=True, slots=True)
class _Happening:
    kind: EventKind
    cause: Cause
    at: datetime
    by: Actor
    reason: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def open_term_by_clock(
    *, object_kind: str, object_id: str, proposal: Proposal, by: Actor, at: datetime
) -> Term:
    """Start a term with the date that the clock proposed; from here its events move it.

    The date is the law's even where it has passed already (a paper entered late).
    """
    return _open(proposal, object_kind=object_kind, object_id=object_id, by=by, at=at)


def pause_term(term: Term, *, by: Actor, at: datetime, reason: str) -> None:
    """Let the clock stand from the next day.

    Raises: TermIsClosed, TermHasNoClock, EventsOutOfOrder, where it stands already.
    """
    _happen(term, _Happening(EventKind.PAUSED, Cause.PAUSED, at, by, reason))


def resume_term(term: Term, *, by: Actor, at: datetime) -> None:
    """Let the clock run again from the next day; the term grows by the days it stood.

    Raises: TermIsClosed, TermHasNoClock, EventsOutOfOrder, where it runs.
    """
    _happen(term, _Happening(EventKind.RESUMED, Cause.RESUMED, at, by))


def extend_term(term: Term, *, count: int, by: Actor, at: datetime, reason: str) -> None:
    """Give `count` more, in the unit of the policy's extension.

    Raises: TermIsClosed, TermHasNoClock, ExtensionNotAllowed, ExtensionTooLong, ExtensionTooLate,
    ExtensionNeedsReason.

    Source: Administrative Procedure Code, art. 76(3).
    """
    _happen(term, _Happening(EventKind.EXTENDED, Cause.EXTENDED, at, by, reason, {"count": count}))


def redirect_term(term: Term, *, received_at: datetime, by: Actor, at: datetime, reason: str) -> None:
    """Note that the whole was passed on: the term starts anew with its receipt at the other body.

    Raises: TermIsClosed, TermHasNoClock, EventsOutOfOrder.

    Source: Administrative Procedure Code, art. 65, 76(2).
    """
    detail = {"received_at": received_at.isoformat()}
    _happen(term, _Happening(EventKind.REDIRECTED, Cause.REDIRECTED, at, by, reason, detail))


@transaction.atomic
def redirect_part(
    term: Term, *, received_at: datetime, place: Place | None, by: Actor, at: datetime, reason: str
) -> Term:
    """Note that a part was passed on: the sender's term runs on, the part has one at the receiver.

    Returns the part's term. Raises: TermIsClosed, TermHasNoClock, EventsOutOfOrder.

    Source: Administrative Procedure Code, art. 65.
    """
    detail = {"received_at": received_at.isoformat()}
    _happen(term, _Happening(EventKind.REDIRECTED_PART, Cause.REDIRECTED_PART, at, by, reason, detail))
    proposal = propose_due_date(term.policy_key, received_at, place)
    return _open(proposal, object_kind=term.object_kind, object_id=term.object_id, by=by, at=at, whole=term)


@transaction.atomic
def reopen_term(term: Term, *, by: Actor, at: datetime, reason: str) -> None:
    """Let a closed term start anew. Raises: EventsOutOfOrder, where it runs; TermHasNoClock."""
    held = Term.objects.select_for_update().get(pk=term.pk)
    if held.closed_at is None:
        raise EventsOutOfOrder
    held.closed_at = term.closed_at = None
    held.save(update_fields=["closed_at"])
    _happen(term, _Happening(EventKind.REOPENED, Cause.REOPENED, at, by, reason))


def _open(
    proposal: Proposal,
    *,
    object_kind: str,
    object_id: str,
    by: Actor,
    at: datetime,
    whole: Term | None = None,
) -> Term:
    term = Term.objects.create(
        object_kind=object_kind,
        object_id=object_id,
        due_on=proposal.due_on,
        opened_at=at,
        policy_key=proposal.policy_key,
        zone=proposal.reckoning.calendar.zone,
        calendar=proposal.edition.calendar,
        edition=proposal.edition,
        part_of=whole,
    )
    TermEvent.objects.create(
        term=term, kind=EventKind.REGISTERED, at=proposal.registered_at, by_id=key_of(by)
    )
    TermEntry.objects.create(
        term=term,
        due_on=term.due_on,
        cause=Cause.CLOCK,
        edition=proposal.edition,
        by_id=key_of(by),
        at=at,
    )
    return term


@transaction.atomic
def _happen(term: Term, happening: _Happening) -> None:
    """Write the event and the line of the ledger that follows from it."""
    held = locked(term)
    if not held.policy_key:
        raise TermHasNoClock
    event = TermEvent.objects.create(
        term=held,
        kind=happening.kind,
        at=happening.at,
        by_id=key_of(happening.by),
        reason=happening.reason.strip(),
        detail=dict(happening.detail),
    )
    before = held.edition_id
    held.edition = edition_for(held)
    reckoning = reckoning_of(held)
    due_on = reckoning.due_on if reckoning else None
    if reckoning is not None and held.edition.pk != before:
        move_notices(held, reckoning, by=happening.by, at=happening.at)
    _owe_notice(held, event, reckoning)
    # A clock that stands keeps the date that stood; one that had run out before is not stopped.
    held.paused_since = happening.at if due_on is None and held.paused_since is None else held.paused_since
    if due_on is not None:
        held.paused_since = None
    held.save(update_fields=["paused_since"])
    line = Line(due_on or held.due_on, happening.cause, happening.reason)
    write_line(held, line, by=happening.by, at=happening.at)
    term.due_on, term.paused_since, term.edition = held.due_on, held.paused_since, held.edition


_TELLS = {
    EventKind.EXTENDED: DutyKind.EXTENSION_NOTICE,
    EventKind.REDIRECTED: DutyKind.REDIRECT_NOTICE,
    EventKind.REDIRECTED_PART: DutyKind.REDIRECT_NOTICE,
}


def _owe_notice(held: Term, event: TermEvent, reckoning: Reckoning | None) -> None:
    """Make a row of what the asker is to be told, by the day that the clock gives for it."""
    kind = _TELLS.get(EventKind(event.kind))
    if kind is None or reckoning is None:
        return
    # The event is the last, and so is its duty among those of its kind.
    days = [duty.due_on for duty in reckoning.current.duties if duty.kind == kind]
    if days:
        Notice.objects.create(term=held, event=event, kind=kind, due_on=days[-1])
