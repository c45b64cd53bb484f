"""What the asker does with an answer, and what goes on elsewhere as a formal appeal."""

from datetime import date, datetime

from kenes.accounts.models import User
from kenes.organisations.models import Organisation
from kenes.questions.actions.moves import Doing, changing, keep, move, note
from kenes.questions.actions.parts import end_parts
from kenes.questions.actions.terms import Duty, end_assignment, restart_assignment
from kenes.questions.errors import MoveNotAllowed, NumberMissing, ReopenedAlready, ScoreOutOfRange
from kenes.questions.models import (
    SCORE_LEAST,
    SCORE_MOST,
    Answer,
    PassedOn,
    Question,
    Rating,
    Reopening,
)
from kenes.questions.rules import clean_comment, clean_number, clean_reason
from kenes.questions.states import AnswerForm, Verb


def reopen_question(question: Question, *, at: datetime, reason: str, by: User | None = None) -> Reopening:
    """Ask again for an answer, once: to the unit that signed, else the meeting's host, with a new term.

    For its asker, who has shown the receipt's secret. The reason is the asker's own words: it stands in
    rows that can be erased, not in the record or the ledger. Raises: ReasonMissing, ReopenedAlready,
    MoveNotAllowed.
    """
    doing = Doing(Verb.REOPEN, by, at, clean_reason(reason))
    with changing(question, doing) as feed:
        if Reopening.objects.filter(question=question).exists():
            raise ReopenedAlready
        reopening = Reopening.objects.create(question=question, reason=doing.reason, at=at)
        unit = _signing_unit(question)
        duty = Duty(unit, by, at, registered_at=at)
        term = restart_assignment(question, duty)
        detail = {"unit": unit.public_id, "due_on": term.due_on.isoformat()}
        move(question, doing, feed=feed, detail=detail)
    return reopening


def rate_answer(
    question: Question, *, score: int, at: datetime, comment: str = "", by: User | None = None
) -> Rating:
    """Rate the answer that stands, from 1 to 5; a second rating takes the first one's place.

    For its asker. Raises: ScoreOutOfRange, TextTooLong, TextUnreadable, MoveNotAllowed.
    """
    if not SCORE_LEAST <= score <= SCORE_MOST:
        raise ScoreOutOfRange(least=SCORE_LEAST, most=SCORE_MOST)
    cleaned = clean_comment(comment)
    doing = Doing(Verb.RATE, by, at)
    with changing(question, doing) as feed:
        answer = _standing_answer(question)
        if answer is None:
            raise MoveNotAllowed
        values = {"score": score, "comment": cleaned, "at": at}
        rating, _made = Rating.objects.update_or_create(answer=answer, defaults=values)
        keep(question, feed=feed, fields=[])
        note(question, doing, detail={"score": score})
    return rating


def pass_on_question(question: Question, *, number: str, on: date, by: User | None, at: datetime) -> PassedOn:
    """Note that the state's appeal system has taken the question over, under its number and date.

    Nothing personal is asked for or kept beside what was given. Raises: NumberMissing, MoveNotAllowed.
    """
    cleaned = clean_number(number)
    if not cleaned:
        raise NumberMissing
    doing = Doing(Verb.PASS_ON, by, at)
    with changing(question, doing) as feed:
        passed = PassedOn.objects.create(question=question, number=cleaned, on=on)
        end_assignment(question, at=at)
        end_parts(question, at=at)
        move(question, doing, feed=feed, detail={"number": cleaned, "on": on.isoformat()})
    return passed


def _standing_answer(question: Question) -> Answer | None:
    return question.answers.filter(retracted_at=None).order_by("id").last()


def _signing_unit(question: Question) -> Organisation:
    written = question.answers.filter(form=AnswerForm.WRITTEN, retracted_at=None).order_by("id").last()
    return written.organisation if written and written.organisation else question.meeting.host
