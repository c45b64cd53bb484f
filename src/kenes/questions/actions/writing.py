"""Answers in writing: drafted, cleared, sent back, signed and published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kenes.accounts.models import User
from kenes.core.moments import in_zone
from kenes.deadlines.queries import is_overdue
from kenes.organisations.models import Organisation
from kenes.questions.actions.leaves import all_texts, told_of_written
from kenes.questions.actions.moves import Doing, changing, move
from kenes.questions.actions.redacting import review_answer
from kenes.questions.actions.terms import end_assignment, running_assignment, running_term
from kenes.questions.errors import PromiseUnsaid
from kenes.questions.models import Answer, AnswerText, Question
from kenes.questions.queries import working_days_taken
from kenes.questions.rules import clean_language, clean_reason, clean_role, clean_written
from kenes.questions.states import AnswerForm, Promise, Verb


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """What is signed: `texts` by language (kk and ru at least), `language` the one it was written in.

    `answered_by` is the signer's role and body in words; without a name. `promise` says whether it
    makes a commitment; `organisation` is the assigned unit where it is left out.
    """

    texts: Mapping[str, str]
    language: str
    answered_by: str
    promise: Promise | str
    organisation: Organisation | None = None
    leave_reason: str = ""  # why personal data in it may stay (an office's telephone)


def submit_draft(question: Question, *, by: User | None, at: datetime) -> None:
    """Hand the unit's draft over to clearance. Raises: MoveNotAllowed."""
    doing = Doing(Verb.SUBMIT_DRAFT, by, at)
    with changing(question, doing) as feed:
        move(question, doing, feed=feed)


def send_back(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Give a draft, cleared or not, back to whoever writes it. Raises: ReasonMissing, MoveNotAllowed."""
    doing = Doing(Verb.SEND_BACK, by, at, clean_reason(reason))
    with changing(question, doing) as feed:
        move(question, doing, feed=feed)


def clear_answer(question: Question, *, by: User | None, at: datetime) -> None:
    """Say that the draft has passed its clearance and may be signed. Raises: MoveNotAllowed."""
    doing = Doing(Verb.CLEAR, by, at)
    with changing(question, doing) as feed:
        move(question, doing, feed=feed)


def answer_in_writing(question: Question, *, written: WrittenAnswer, by: User | None, at: datetime) -> Answer:
    """Sign and publish a cleared answer; the term is done.

    Raises: BothLanguagesNeeded, PromiseUnsaid, LanguageUnknown, TextTooShort, TextTooLong,
    TextUnreadable, MoveNotAllowed, UnreviewedPersonalData.
    """
    if written.promise not in Promise.values:
        raise PromiseUnsaid
    texts = clean_written(written.texts)
    language = clean_language(written.language if written.language in texts else "")
    answer = Answer(
        question=question,
        form=AnswerForm.WRITTEN,
        answered_by=clean_role(written.answered_by),
        text=texts[language],
        language=language,
        promise=Promise(written.promise),
        by=by,
        at=at,
    )
    doing = Doing(Verb.ANSWER_IN_WRITING, by, at)
    with changing(question, doing) as feed:
        for text in texts.values():
            review_answer(question, text, leave_reason=written.leave_reason, by=by, at=at)
        answer.organisation = written.organisation or running_assignment(question).organisation
        term = running_term(question)
        answer.is_late = is_overdue(term, on=in_zone(at, question.meeting.zone).date())
        answer.working_days = working_days_taken(term, at=at)
        answer.save()
        AnswerText.objects.bulk_create(
            AnswerText(answer=answer, language=code, text=text) for code, text in texts.items()
        )
        end_assignment(question, at=at)
        move(question, doing, feed=feed, detail=told_of_written(answer, texts), text=all_texts(texts))
    return answer
