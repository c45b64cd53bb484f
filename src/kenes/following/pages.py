"""What the asker's own pages show: the contact without its words, the slip, the sheet with the answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.safestring import SafeString

from kenes.core.languages import LocalizedText, localized
from kenes.deadlines.queries import open_term_of
from kenes.following.queries import own_subscription
from kenes.following.rules import hinted
from kenes.following.states import SubscriptionState
from kenes.following.story import answer_text
from kenes.notices.sealing import unseal
from kenes.notices.states import Channel
from kenes.questions.models import Answer, Question
from kenes.questions.pages import own_link, qr_of, question_page_of
from kenes.questions.receipts import receipt_secret
from kenes.redaction.words import in_words


@dataclass(frozen=True, slots=True)
class ContactShown:
    """What the asker sees of what was left: enough to know it again."""

    hint: str
    is_text: bool
    is_confirmed: bool
    erase_on: date | None


@dataclass(frozen=True, slots=True)
class Slip:
    """What one small page says to who has neither phone nor mail. `zone` is the meeting's."""

    code: str
    spoken: str
    secret: str
    qr: SafeString
    title: LocalizedText
    host: LocalizedText
    asked_at: datetime
    zone: str
    due_on: date | None
    site: str


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A question with its answer, to be handed over on paper; in the question's language if it can be."""

    code: str
    question: str
    language: str
    asked_at: datetime
    zone: str
    title: LocalizedText
    answer: str
    answer_language: str
    answered_by: str
    answered_at: datetime
    spoken: str
    site: str


def contact_of(question: Question) -> ContactShown | None:
    """Return what was left with the question."""
    subscription = own_subscription(question.code)
    if subscription is None:
        return None
    return ContactShown(
        hint=hinted(unseal(subscription.sealed_address)),
        is_text=subscription.channel == Channel.TEXT,
        is_confirmed=subscription.state == SubscriptionState.RUNNING,
        erase_on=subscription.erase_on,
    )


def slip_of(question: Question) -> Slip:
    """Return the slip of a question."""
    page = question_page_of(question, is_own=True)
    secret = receipt_secret(question)
    term = open_term_of(object_kind="question", object_id=question.code)
    return Slip(
        code=question.code,
        spoken=page.spoken,
        secret=secret,
        qr=qr_of(own_link(question.code, secret)),
        title=page.title,
        host=localized(question.meeting.host, "name"),
        asked_at=question.asked_at,
        zone=page.zone,
        due_on=term.due_on if term else None,
        site=settings.PUBLIC_URL.partition("://")[2],
    )


def answer_sheet_of(question: Question) -> AnswerSheet | None:
    """Return the sheet, of the question this one lives on in where it was merged; None without an answer."""
    answered = question.merged_into or question
    answer = Answer.objects.filter(question=answered, retracted_at=None).last()
    if answer is None:
        return None
    page = question_page_of(question, is_own=True)
    text, language = answer_text(answer, question.language)
    return AnswerSheet(
        code=question.code,
        question=in_words(question.text, question.language),
        language=question.language,
        asked_at=question.asked_at,
        zone=page.zone,
        title=localized(question.meeting, "title", question.language),
        answer=text,
        answer_language=language,
        answered_by=answer.answered_by,
        answered_at=answer.at,
        spoken=page.spoken,
        site=settings.PUBLIC_URL.partition("://")[2],
    )
