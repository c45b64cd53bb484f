"""A unit's duty to answer: an assignment of ours with a term of `deadlines`, reckoned by the clock."""

from dataclasses import dataclass
from datetime import date, datetime

from kenes.accounts.models import User
from kenes.deadlines.actions import (
    change_due_date,
    close_term,
    open_term,
    open_term_by_clock,
    redirect_term,
    reopen_term,
)
from kenes.deadlines.errors import LaterOnlyByExtension
from kenes.deadlines.models import Term
from kenes.deadlines.queries import open_term_of
from kenes.organisations.models import Organisation
from kenes.questions.actions.leaves import OBJECT_KIND
from kenes.questions.errors import MoveNotAllowed
from kenes.questions.models import Assignment, Question
from kenes.questions.queries import last_term_of, proposal_for, restarts_by_redirect
from kenes.questions.rules import WITHOUT_CLOCK, weekdays_after


@dataclass(frozen=True, slots=True)
class Duty:
    """Which unit is to answer, by whom and when that was said; `due_on` where a person set a date.

    `registered_at` is the moment from which a new term is counted.
    """

    organisation: Organisation
    by: User | None
    at: datetime
    registered_at: datetime
    due_on: date | None = None
    reason: str = ""


def begin_assignment(question: Question, duty: Duty) -> Term:
    """Assign the unit and open its term: the clock's, or the earlier date that a person set.

    A running term runs on. Raises: LaterOnlyByExtension, ExtensionNeedsReason, DueDateIsPast.
    """
    _begin_row(question, duty)
    running = _running(question)
    return _set_date(running, duty, is_new=False) if running else _open(question, duty)


def pass_assignment(question: Question, duty: Duty) -> Term:
    """Pass a running assignment on to another unit.

    The term starts anew where it is passed on within the days its policy gives for that; later it
    runs on. Raises: LaterOnlyByExtension, ExtensionNeedsReason, DueDateIsPast.

    Source: Administrative Procedure Code, art. 65, 76(2).
    """
    _end_row(question, at=duty.at)
    running = _running(question)
    if running is None or not running.policy_key:
        if running is not None:
            close_term(running, at=duty.at)
        return begin_assignment(question, duty)
    is_new = restarts_by_redirect(running, at=duty.at)
    if is_new:
        redirect_term(running, received_at=duty.at, by=duty.by, at=duty.at, reason=duty.reason)
    _begin_row(question, duty)
    return _set_date(running, duty, is_new=is_new)


def decline_running(question: Question, *, by: User | None, at: datetime, reason: str) -> Assignment:
    """End the running assignment as declined; the host body owes the answer, the term runs on."""
    declined = running_assignment(question)
    declined.declined_at, declined.decline_reason, declined.ended_at = at, reason, at
    declined.save(update_fields=["declined_at", "decline_reason", "ended_at"])
    Assignment.objects.create(question=question, organisation=question.meeting.host, by=by, at=at)
    return declined


def restart_assignment(question: Question, duty: Duty) -> Term:
    """Give the unit a question again, with a new term from the moment of the act."""
    term = last_term_of(question)
    if term is None or not term.policy_key or term.closed_at is None:
        return begin_assignment(question, duty)
    _begin_row(question, duty)
    reopen_term(term, by=duty.by, at=duty.at, reason=duty.reason)
    return term


def end_assignment(question: Question, *, at: datetime) -> None:
    """End the running assignment and its term, where there is one."""
    if _end_row(question, at=at):
        term = _running(question)
        if term is not None:
            close_term(term, at=at)


def running_assignment(question: Question) -> Assignment:
    """Return the assignment that runs, with its unit. Raises: MoveNotAllowed, where none does."""
    running = question.assignments.filter(ended_at=None).select_related("organisation").first()
    if running is None:
        raise MoveNotAllowed
    return running


def running_term(question: Question) -> Term:
    """Return the term that runs. Raises: MoveNotAllowed, where none does."""
    term = _running(question)
    if term is None:
        raise MoveNotAllowed
    return term


def _running(question: Question) -> Term | None:
    return open_term_of(object_kind=OBJECT_KIND, object_id=question.code)


def _begin_row(question: Question, duty: Duty) -> None:
    Assignment.objects.create(question=question, organisation=duty.organisation, by=duty.by, at=duty.at)


def _end_row(question: Question, *, at: datetime) -> bool:
    return bool(question.assignments.filter(ended_at=None).update(ended_at=at))


def _open(question: Question, duty: Duty) -> Term:
    proposal = proposal_for(question.meeting, duty.registered_at)
    named = {"object_kind": OBJECT_KIND, "object_id": question.code}
    if proposal is None:
        due_on = duty.due_on or weekdays_after(question.meeting, duty.at)
        return open_term(**named, due_on=due_on, by=duty.by, at=duty.at, reason=WITHOUT_CLOCK)
    term = open_term_by_clock(**named, proposal=proposal, by=duty.by, at=duty.at)
    return _set_date(term, duty, is_new=True)


def _set_date(term: Term, duty: Duty, *, is_new: bool) -> Term:
    if duty.due_on is None or duty.due_on == term.due_on:
        return term
    if is_new and duty.due_on > term.due_on:
        raise LaterOnlyByExtension
    change_due_date(term, due_on=duty.due_on, by=duty.by, at=duty.at, reason=duty.reason)
    return term
