"""A unit's duty to answer: an assignment of ours with a term of `deadlines`."""

from datetime import date, datetime

from kenes.accounts.models import User
from kenes.deadlines.actions import change_due_date, close_term, open_term
from kenes.deadlines.queries import open_term_of
from kenes.organisations.models import Organisation
from kenes.questions.actions.leaves import OBJECT_KIND
from kenes.questions.errors import MoveNotAllowed
from kenes.questions.models import Assignment, Question


def begin_assignment(
    question: Question, *, organisation: Organisation, due_on: date, by: User | None, at: datetime
) -> None:
    """Assign the unit and open its term. Raises: DueDateIsPast."""
    Assignment.objects.create(question=question, organisation=organisation, by=by, at=at)
    open_term(object_kind=OBJECT_KIND, object_id=question.code, due_on=due_on, by=by, at=at)


def end_assignment(question: Question, *, at: datetime) -> None:
    """End the running assignment and its term, where there is one."""
    if question.assignments.filter(ended_at=None).update(ended_at=at):
        term = open_term_of(object_kind=OBJECT_KIND, object_id=question.code)
        if term is not None:
            close_term(term, at=at)


def move_due_date(question: Question, *, due_on: date, by: User | None, at: datetime, reason: str) -> None:
    """Move the running term's date. Raises: MoveNotAllowed, ExtensionNeedsReason, DueDateIsPast."""
    term = open_term_of(object_kind=OBJECT_KIND, object_id=question.code)
    if term is None:
        raise MoveNotAllowed
    change_due_date(term, due_on=due_on, by=by, at=at, reason=reason)
