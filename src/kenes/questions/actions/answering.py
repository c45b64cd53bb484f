"""Answers given aloud in the meeting."""

from dataclasses import dataclass
from datetime import datetime

from kenes.accounts.models import User
from kenes.organisations.models import Organisation
from kenes.questions.actions.leaves import told_of
from kenes.questions.actions.moves import Doing, changing, move
from kenes.questions.actions.redacting import review_answer
from kenes.questions.errors import NoAnswerToRetract, SecondOutOfRange
from kenes.questions.models import Answer, Question
from kenes.questions.rules import clean_language, clean_reason, clean_role, clean_text
from kenes.questions.states import AnswerForm, Verb

RECORDING_MOST = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """What was said: by whom (role and body, no name needed), in short, at which second of the recording."""

    answered_by: str
    summary: str
    language: str
    second: int | None = None
    organisation: Organisation | None = None
    leave_reason: str = ""  # why personal data in it may stay (an office's telephone)


def answer_aloud(question: Question, *, by: User | None, at: datetime, spoken: SpokenAnswer) -> Answer:
    """Record an answer given in the meeting.

    Raises: SecondOutOfRange, TextTooShort, TextTooLong, TextUnreadable, LanguageUnknown,
    MoveNotAllowed, MeetingIsClosed, UnreviewedPersonalData.
    """
    if spoken.second is not None and not 0 <= spoken.second <= RECORDING_MOST:
        raise SecondOutOfRange(limit=RECORDING_MOST)
    answer = Answer(
        question=question,
        form=AnswerForm.ALOUD,
        answered_by=clean_role(spoken.answered_by),
        organisation=spoken.organisation,
        recording_second=spoken.second,
        text=clean_text(spoken.summary),
        language=clean_language(spoken.language),
        by=by,
        at=at,
    )
    doing = Doing(Verb.ANSWER_ALOUD, by, at)
    with changing(question, doing) as feed:
        review_answer(question, answer.text, leave_reason=spoken.leave_reason, by=by, at=at)
        answer.save()
        move(question, doing, feed=feed, detail=told_of(answer), text=answer.text)
    return answer


def retract_answer(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Take back an answer recorded by mistake, before the meeting is closed; it stays in the record.

    Raises: ReasonMissing, NoAnswerToRetract, MoveNotAllowed, MeetingIsClosed.
    """
    doing = Doing(Verb.RETRACT_ANSWER, by, at, clean_reason(reason))
    with changing(question, doing) as feed:
        answer = question.answers.filter(retracted_at=None).last()
        if answer is None or answer.form != AnswerForm.ALOUD:
            raise NoAnswerToRetract
        answer.retracted_at = at
        answer.save(update_fields=["retracted_at"])
        move(question, doing, feed=feed)
