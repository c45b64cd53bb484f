"""What the body that sees to a commitment does: accepts, returns, moves the date, cancels."""

from datetime import date, datetime

from kenes.accounts.models import User
from kenes.commitments.actions.leaves import (
    CANCELLED,
    DONE,
    DUE_CHANGED,
    OBJECT_KIND,
    RETURNED,
    log_commitment,
)
from kenes.commitments.actions.moves import Doing, changing, move, note
from kenes.commitments.actions.telling import tell_accepted, tell_cancelled, tell_moved, tell_returned
from kenes.commitments.errors import DoneNeedsEvidence, SecondPersonNeeded
from kenes.commitments.models import Acceptance, Commitment
from kenes.commitments.queries import evidence_since_return, submission_of
from kenes.commitments.rules import clean_reason, for_everybody
from kenes.commitments.states import Capacity, Verb
from kenes.deadlines.actions import change_due_date, close_term
from kenes.deadlines.errors import TermIsClosed
from kenes.deadlines.models import Term
from kenes.deadlines.queries import open_term_of


def accept_done(
    commitment: Commitment, *, by: User, at: datetime, capacity: Capacity = Capacity.HEAD, note_text: str = ""
) -> Acceptance:
    """Accept as kept what others reported and submitted with its evidence; the term ends.

    Raises: CommitmentMoved, SecondPersonNeeded, DoneNeedsEvidence, PersonalDataInWords.
    """
    doing = Doing(Verb.ACCEPT, by, at)
    with changing(commitment, doing) as held:
        submission = submission_of(held)
        if submission is None or not evidence_since_return(held).exists():
            raise DoneNeedsEvidence
        if by.pk == held.submitted_by_id or held.progress.filter(by=by).exists():
            raise SecondPersonNeeded
        acceptance = Acceptance.objects.create(
            commitment=held,
            progress=submission,
            submitted_by_id=submission.by_id,
            by=by,
            capacity=capacity,
            organisation=held.keeper,
            note=for_everybody(note_text),
            at=at,
        )
        move(held, doing)
        close_term(_term_of(held), at=at)
        facts = told_of(acceptance)
        note(held, doing, facts)
        log_commitment(DONE, held, at=at, facts=facts, text=acceptance.note)
        tell_accepted(held, at=at)
    return acceptance


def told_of(acceptance: Acceptance) -> dict[str, object]:
    """Return what the record says of an acceptance, apart from its note and the people."""
    return {
        "capacity": str(acceptance.capacity),
        "keeper": acceptance.organisation.public_id,
        "reported_at": acceptance.progress.at.isoformat(),
    }


def return_done(commitment: Commitment, *, by: User, at: datetime, reason: str) -> None:
    """Send back what was submitted as done: it is open again, its date runs on.

    Raises: CommitmentMoved, CommitmentReasonMissing, SecondPersonNeeded.
    """
    doing = Doing(Verb.RETURN, by, at, clean_reason(reason))
    with changing(commitment, doing) as held:
        if held.submitted_by_id == by.pk:
            raise SecondPersonNeeded
        held.reported_on, held.submitted_by = None, None
        moved = move(held, doing, fields=["reported_on", "submitted_by"])
        note(held, doing)
        log_commitment(RETURNED, held, at=at, facts={}, text=doing.reason)
        tell_returned(held, moved, at=at)


def change_commitment_due_date(
    commitment: Commitment, *, due_on: date, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Move the date: earlier freely, later only with a reason. Each slip stays on the ledger, in public.

    Raises: CommitmentMoved, ExtensionNeedsReason, DueDateIsPast, PersonalDataInWords.
    """
    doing = Doing(Verb.CHANGE_DUE_DATE, by, at, for_everybody(reason))
    with changing(commitment, doing) as held:
        line = change_due_date(_term_of(held), due_on=due_on, by=by, at=at, reason=doing.reason)
        if line is None:
            return
        facts = {"from": held.due_on.isoformat(), "to": due_on.isoformat()}
        held.due_on = due_on
        held.save(update_fields=["due_on"])
        note(held, doing, facts)
        log_commitment(DUE_CHANGED, held, at=at, facts=facts, text=line.reason)
        tell_moved(held, line, at=at)


def cancel_commitment(commitment: Commitment, *, by: User | None, at: datetime, reason: str) -> None:
    """End a commitment that will not be kept, saying why; it stays public.

    Raises: CommitmentMoved, CommitmentReasonMissing.
    """
    doing = Doing(Verb.CANCEL, by, at, clean_reason(reason))
    with changing(commitment, doing) as held:
        held.reported_on, held.submitted_by = None, None
        move(held, doing, fields=["reported_on", "submitted_by"])
        close_term(_term_of(held), at=at)
        note(held, doing)
        log_commitment(CANCELLED, held, at=at, facts={}, text=doing.reason)
        tell_cancelled(held, at=at, reason=doing.reason)


def _term_of(held: Commitment) -> Term:
    term = open_term_of(object_kind=OBJECT_KIND, object_id=held.code)
    if term is None:
        raise TermIsClosed
    return term
