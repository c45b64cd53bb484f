"""What a unit does with an assignment itself: accepts, declines, gives it onward, refuses, passes it on."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from kenes.accounts.models import User
from kenes.answering.actions.work import Act, working
from kenes.answering.errors import WorkNotOpen
from kenes.answering.queries import place_of
from kenes.answering.rules import may_answer_part
from kenes.answering.states import WorkVerb
from kenes.organisations.models import Organisation
from kenes.questions import actions as questions
from kenes.questions.models import Part, Question
from kenes.questions.rules import clean_reason


def accept(question: Question, *, by: User | None, at: datetime) -> None:
    """Take the assignment for the unit. Raises: NotNow, WorkNotOpen, MoveNotAllowed."""
    with working(question, Act(WorkVerb.ACCEPT, by, at)):
        questions.accept_assignment(question, by=by, at=at)


def decline(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Give the assignment back to the meeting's host. Raises: ReasonMissing, NotNow, WorkNotOpen."""
    with working(question, Act(WorkVerb.DECLINE, by, at)):
        questions.decline_assignment(question, by=by, at=at, reason=reason)


def assign_onward(
    question: Question, *, organisation: Organisation, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Give the question to another unit; the clock proposes the date there.

    Raises: NotNow, WorkNotOpen, and what `assign_question` raises.
    """
    with working(question, Act(WorkVerb.ASSIGN_ONWARD, by, at)):
        questions.assign_question(question, organisation=organisation, by=by, at=at, reason=reason)


def extend(question: Question, *, count: int, by: User | None, at: datetime, reason: str) -> None:
    """Extend the term by `count` of its policy's unit. Raises: NotNow, WorkNotOpen, `extend_due_date`'s."""
    with working(question, Act(WorkVerb.EXTEND, by, at)):
        questions.extend_due_date(question, count=count, by=by, at=at, reason=reason)


def pause(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Let the clock stand. Raises: NotNow, WorkNotOpen, `pause_due_date`'s."""
    with working(question, Act(WorkVerb.PAUSE, by, at)):
        questions.pause_due_date(question, by=by, at=at, reason=reason)


def resume(question: Question, *, by: User | None, at: datetime) -> None:
    """Let the clock run again. Raises: NotNow, WorkNotOpen, `resume_due_date`'s."""
    with working(question, Act(WorkVerb.RESUME, by, at)):
        questions.resume_due_date(question, by=by, at=at)


def pass_part(
    question: Question, *, organisation: Organisation, subject: str, by: User | None, at: datetime
) -> None:
    """Give a part to another unit. Raises: NotNow, WorkNotOpen, `pass_part_on`'s."""
    with working(question, Act(WorkVerb.PASS_PART, by, at)):
        questions.pass_part_on(question, organisation=organisation, subject=subject, by=by, at=at)


def tell_asker(question: Question, *, way: str, by: User | None, at: datetime) -> None:
    """Note that the asker was told. Raises: NotNow, WorkNotOpen, `note_asker_told`'s."""
    with working(question, Act(WorkVerb.TELL_ASKER, by, at)):
        questions.note_asker_told(question, way=way, by=by, at=at)


def answer_part(
    part: Part, *, texts: Mapping[str, str], answered_by: str, by: User | None, at: datetime
) -> None:
    """Sign and publish the answer to a part. Raises: WorkNotOpen, and what `answer_part` raises."""
    if not may_answer_part(place_of(by, part.organisation, timezone.localdate(at))):
        raise WorkNotOpen
    questions.answer_part(part, texts=texts, answered_by=answered_by, by=by, at=at)


def refuse(question: Question, *, ground: str, by: User | None, at: datetime, reason: str) -> None:
    """Refuse the question on a ground of the list, with words to its asker.

    Raises: GroundUnknown, ReasonMissing, NotNow, WorkNotOpen.
    """
    reason = clean_reason(reason)
    with working(question, Act(WorkVerb.REFUSE, by, at)):
        questions.refuse_question(question, by=by, at=at, ground=ground, reason=reason)


def pass_on(question: Question, *, number: str, on: date, by: User | None, at: datetime) -> None:
    """Note that the question became a formal appeal. Raises: NumberMissing, NotNow, WorkNotOpen."""
    with working(question, Act(WorkVerb.PASS_ON, by, at)):
        questions.pass_on_question(question, number=number, on=on, by=by, at=at)
