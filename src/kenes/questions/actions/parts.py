"""A part of a question that another unit answers: passed on, answered, ended with the whole."""

from collections.abc import Mapping
from datetime import datetime

from kenes.accounts.models import User
from kenes.core.moments import in_zone
from kenes.deadlines.actions import change_due_date, close_term, redirect_part
from kenes.deadlines.queries import is_overdue
from kenes.live.writer import change_feed
from kenes.organisations.models import Organisation
from kenes.questions.actions.leaves import OBJECT_KIND, PART_ANSWERED
from kenes.questions.actions.moves import Doing, changing, keep, note
from kenes.questions.actions.terms import running_assignment, running_term
from kenes.questions.errors import PartHasUnit, PartHoldsPersonalData, PartIsDone
from kenes.questions.events import EventKind, QuestionEvent, tell
from kenes.questions.models import Part, Question
from kenes.questions.queries import restarts_by_redirect
from kenes.questions.rules import clean_reason, clean_role, clean_written
from kenes.questions.states import Verb
from kenes.record.actions import Fact, append_leaves, record_act
from kenes.record.canonical import canonical
from kenes.redaction.rules import has_sure_hit


def pass_part_on(
    question: Question, *, organisation: Organisation, subject: str, by: User | None, at: datetime
) -> Part:
    """Give a part of the question to a competent unit; the rest and its term stay where they are.

    The part's term is counted anew from its receipt there, where it is passed on within the days the
    policy gives for that; later it ends no later than the whole's. Raises: ReasonMissing, PartHasUnit,
    TermHasNoClock, MoveNotAllowed.

    Source: Administrative Procedure Code, art. 65, 76(2).
    """
    doing = Doing(Verb.PASS_PART, by, at, clean_reason(subject))
    with changing(question, doing) as feed:
        whole = running_term(question)
        taken = question.parts.filter(ended_at=None).values_list("organisation_id", flat=True)
        if organisation.pk in {running_assignment(question).organisation_id, *taken}:
            raise PartHasUnit
        is_new, until = restarts_by_redirect(whole, at=at), whole.due_on
        place = question.meeting.place
        term = redirect_part(whole, received_at=at, place=place, by=by, at=at, reason=doing.reason)
        if not is_new and in_zone(at, question.meeting.zone).date() <= until < term.due_on:
            change_due_date(term, due_on=until, by=by, at=at, reason="")
        part = Part.objects.create(
            question=question, organisation=organisation, term=term, subject=doing.reason, by=by, at=at
        )
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"unit": organisation.public_id, "due_on": term.due_on.isoformat()})
    return part


def answer_part(
    part: Part, *, texts: Mapping[str, str], answered_by: str, by: User | None, at: datetime
) -> None:
    """Publish the answer to a part, signed for the unit that has it; its term is done.

    Raises: PartIsDone, BothLanguagesNeeded, TextTooShort, TextTooLong, TextUnreadable,
    PartHoldsPersonalData.
    """
    written = clean_written({code: texts.get(code, "") for code in ("kk", "ru")})
    role = clean_role(answered_by)
    if any(has_sure_hit(text) for text in written.values()):
        raise PartHoldsPersonalData
    question = part.question
    with change_feed(question.feed_id) as feed:
        question.refresh_from_db()
        part.refresh_from_db()
        if part.ended_at is not None:
            raise PartIsDone
        part.answer_kk, part.answer_ru, part.answered_by = written["kk"], written["ru"], role
        part.answered_at = part.ended_at = at
        part.is_late = is_overdue(part.term, on=in_zone(at, question.meeting.zone).date())
        part.save()
        close_term(part.term, at=at)
        keep(question, feed=feed, fields=[])
        _note_answered(part, canonical(written), by=by, at=at)


def end_parts(question: Question, *, at: datetime) -> None:
    """End what is unanswered of a question's parts: the whole is owed by nobody any more."""
    for part in question.parts.filter(ended_at=None).select_related("term"):
        part.ended_at = at
        part.save(update_fields=["ended_at"])
        close_term(part.term, at=at)


def _note_answered(part: Part, text: str, *, by: User | None, at: datetime) -> None:
    question = part.question
    detail = {"unit": part.organisation.public_id, "part": part.public_id, "is_late": part.is_late}
    record_act(
        act="answer_part", object_kind=OBJECT_KIND, object_id=question.code, by=by, at=at, detail=detail
    )
    append_leaves([Fact(PART_ANSWERED, OBJECT_KIND, question.code, at, detail, text)])
    tell([QuestionEvent(EventKind.PART_ANSWERED, question, at, by, detail)])
