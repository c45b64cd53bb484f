"""The units that owe a written answer, and the dates by which they owe it."""

from collections.abc import Iterable
from datetime import date, datetime

from kenes.accounts.models import User
from kenes.deadlines.actions import change_due_date, extend_term, note_told, pause_term, resume_term
from kenes.deadlines.queries import notices_owed_by
from kenes.deadlines.states import TOLD_BY_A_PERSON, NoticeWay
from kenes.organisations.models import Organisation
from kenes.programme.states import MeetingState
from kenes.questions.actions.leaves import OBJECT_KIND, log_facts
from kenes.questions.actions.moves import Doing, changing, keep, move, note
from kenes.questions.actions.terms import (
    Duty,
    begin_assignment,
    decline_running,
    pass_assignment,
    running_assignment,
    running_term,
)
from kenes.questions.errors import (
    AlreadyAccepted,
    AlreadyAssigned,
    ClockRuns,
    ClockStands,
    HostCannotDecline,
    NothingToTell,
)
from kenes.questions.events import EventKind, QuestionEvent, is_listened, tell
from kenes.questions.models import Question
from kenes.questions.rules import clean_comment, clean_reason
from kenes.questions.states import QuestionState, Verb


def assign_question(
    question: Question,
    *,
    organisation: Organisation,
    by: User | None,
    at: datetime,
    due_on: date | None = None,
    reason: str = "",
) -> None:
    """Make a unit owe a written answer; its term is the clock's, `due_on` an earlier date if wished.

    The term is counted from the question's registration; from the act where it was answered already.
    Assigned anew (a redirect), the term starts anew where the policy's days for that are not over.
    Raises: AlreadyAssigned, LaterOnlyByExtension, ExtensionNeedsReason, DueDateIsPast, MoveNotAllowed.
    """
    doing = Doing(Verb.ASSIGN, by, at, clean_comment(reason))
    with changing(question, doing) as feed:
        old = question.state
        registered_at = at if old == QuestionState.ANSWERED else question.asked_at
        duty = Duty(organisation, by, at, registered_at, due_on, doing.reason)
        running = question.assignments.filter(ended_at=None)
        if old == QuestionState.ASSIGNED:
            if running.filter(organisation=organisation).exists():
                raise AlreadyAssigned
            term = pass_assignment(question, duty)
        else:
            running.update(ended_at=at)
            term = begin_assignment(question, duty)
        question.refusal_ground = ""
        detail = {"unit": organisation.public_id, "due_on": term.due_on.isoformat()}
        move(question, doing, feed=feed, fields=["refusal_ground"], detail=detail)


def accept_assignment(question: Question, *, by: User | None, at: datetime) -> None:
    """Say that the unit takes the question on. Raises: AlreadyAccepted, MoveNotAllowed."""
    doing = Doing(Verb.ACCEPT, by, at)
    with changing(question, doing) as feed:
        running = running_assignment(question)
        if running.accepted_at is not None:
            raise AlreadyAccepted
        running.accepted_at = at
        running.save(update_fields=["accepted_at"])
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"unit": running.organisation.public_id})


def decline_assignment(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Give the question back: it falls to the meeting's host body, its term runs on.

    Raises: ReasonMissing, AlreadyAccepted, HostCannotDecline, MoveNotAllowed.
    """
    doing = Doing(Verb.DECLINE, by, at, clean_reason(reason))
    with changing(question, doing) as feed:
        running, host = running_assignment(question), question.meeting.host
        if running.organisation_id == host.pk:
            raise HostCannotDecline
        if running.accepted_at is not None:
            raise AlreadyAccepted
        decline_running(question, by=by, at=at, reason=doing.reason)
        detail = {"unit": running.organisation.public_id, "falls_to": host.public_id}
        move(question, doing, feed=feed, detail=detail)


def change_question_due_date(
    question: Question, *, due_on: date, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Move the date of an assigned question: earlier freely, later with a reason and not past the clock's.

    Raises: ExtensionNeedsReason, LaterOnlyByExtension, DueDateIsPast, MoveNotAllowed.
    """
    doing = Doing(Verb.CHANGE_DUE_DATE, by, at, clean_comment(reason))
    with changing(question, doing) as feed:
        change_due_date(running_term(question), due_on=due_on, by=by, at=at, reason=doing.reason)
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"due_on": due_on.isoformat()})


def extend_due_date(question: Question, *, count: int, by: User | None, at: datetime, reason: str) -> None:
    """Extend the term by `count` of its policy's unit; the asker is told within the policy's days.

    Raises: ReasonMissing, TermHasNoClock, ExtensionNotAllowed, ExtensionTooLong, ExtensionTooLate,
    MoveNotAllowed.

    Source: Administrative Procedure Code, art. 76(3).
    """
    doing = Doing(Verb.EXTEND, by, at, clean_reason(reason))
    with changing(question, doing) as feed:
        term = running_term(question)
        extend_term(term, count=count, by=by, at=at, reason=doing.reason)
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"count": count, "due_on": term.due_on.isoformat()})


def pause_due_date(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Let the clock of the answer stand from the next day, with a reason that anybody may read.

    Raises: ReasonMissing, ClockStands, TermHasNoClock, MoveNotAllowed.
    """
    doing = Doing(Verb.PAUSE, by, at, clean_reason(reason))
    with changing(question, doing) as feed:
        term = running_term(question)
        if term.paused_since is not None:
            raise ClockStands
        pause_term(term, by=by, at=at, reason=doing.reason)
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"due_on": term.due_on.isoformat()})


def resume_due_date(question: Question, *, by: User | None, at: datetime) -> None:
    """Let the clock of the answer run again from the next day. Raises: ClockRuns, MoveNotAllowed."""
    doing = Doing(Verb.RESUME, by, at)
    with changing(question, doing) as feed:
        term = running_term(question)
        if term.paused_since is None:
            raise ClockRuns
        resume_term(term, by=by, at=at)
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"due_on": term.due_on.isoformat()})


def note_asker_told(question: Question, *, way: str, by: User | None, at: datetime) -> None:
    """Note that a person told the asker of an extension or of passing on, the most pressing first.

    Raises: NothingToTell, MoveNotAllowed. Source: Administrative Procedure Code, art. 65, 76(3).
    """
    doing = Doing(Verb.TELL_ASKER, by, at)
    with changing(question, doing) as feed:
        notice = notices_owed_by(object_kind=OBJECT_KIND, object_ids=[question.code]).get(question.code)
        if notice is None or way not in TOLD_BY_A_PERSON:
            raise NothingToTell
        note_told(notice, way=NoticeWay(way), by=by, at=at)
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"notice": notice.kind, "way": str(way)})


def give_late_to_hosts(questions: Iterable[Question]) -> None:
    """Give questions that came after the closing to their hosts at once, with a term that runs.

    They wait for a moderator all the same; whoever is assigned later, the term is this one.
    """
    late = [q for q in questions if q.meeting.state == MeetingState.CLOSED]
    given = []
    for question in late:
        host = question.meeting.host
        duty = Duty(host, question.entered_by, question.asked_at, registered_at=question.asked_at)
        term = begin_assignment(question, duty)
        given.append((question, {"unit": host.public_id, "due_on": term.due_on.isoformat()}))
    log_facts(Verb.ASSIGN, given)
    if is_listened():
        tell([QuestionEvent(EventKind.ASSIGNED, q, q.asked_at, q.entered_by, told) for q, told in given])
