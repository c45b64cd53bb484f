"""The public list of questions in the read API."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from kenes.core.languages import LANGUAGES
from kenes.core.listing import (
    OF_LISTS,
    OF_SINGLES,
    SLUG,
    Asked,
    Day,
    Json,
    Listed,
    Listing,
    Texts,
    day_begins,
    day_ends,
)
from kenes.questions.access import public_questions
from kenes.questions.codes import parse_code
from kenes.questions.errors import QuestionUnknown
from kenes.questions.models import Question
from kenes.questions.part_rows import parts_of
from kenes.questions.rows import companions_of, public_row
from kenes.questions.rules import public_state
from kenes.questions.states import ON_PUBLIC_LIST, AnswerForm, Channel, PartState

router = Router(tags=["questions"])

PublicState = Literal["open", "staged", "assigned", "answered"]
Language = Literal["kk", "ru", "en"]


class VotesOut(Schema):
    """Votes of signed-in people, and of guests."""

    confirmed: int
    guest: int


class AnswerOut(Schema):
    """An answer: aloud (at which second of the recording) or in writing."""

    form: AnswerForm
    by: str = Field(description="role and body of who answered")
    second: int | None
    text: str
    language: Language
    at: datetime
    texts: dict[Language, str] | None = Field(default=None, description="of a written answer, by language")


class DueOut(Schema):
    """The unit that owes a written answer, and the day."""

    unit: Texts
    on: date | None


class PartAnswerOut(Schema):
    """The answer to a part, by language."""

    by: str = Field(description="role and body of who answered")
    texts: dict[Language, str]
    at: datetime


class PartOut(Schema):
    """A part that another unit answers, by a date of its own; `ended`: owed no more, unanswered."""

    unit: Texts
    subject: str = Field(description="which part, in the words of who passed it on")
    due: date
    state: PartState
    is_late: bool = Field(description="answered late, or owed and late today")
    answer: PartAnswerOut | None


class QuestionOut(Schema):
    """A question of the public list."""

    code: str
    room: str = Field(description="code of its meeting's room")
    text: str
    language: Language = Field(description="language of the text")
    state: PublicState
    by: str | None = Field(description="name given; null where the asker is anonymous to the public")
    channel: Channel
    at: datetime
    votes: VotesOut
    edited: bool
    answer: AnswerOut | None
    due: DueOut | None
    parts: list[PartOut] = Field(description="what other units answer of it")


class QuestionsAsked(Asked):
    """Filters of the questions."""

    meeting: str = Field("", pattern=SLUG, max_length=12, description="code of the meeting's room")
    campaign: str = Field("", pattern=SLUG, max_length=60, description="slug of the campaign")
    region: str = Field("", pattern=r"^([0-9]{2})?$", description="the region's two digits")
    state: PublicState | None = None
    language: Language | None = None
    since: Day | None = Field(None, description="first day, in the instance's zone")
    until: Day | None = Field(None, description="last day, in the instance's zone")


def questions_json(questions: Sequence[Question]) -> list[Json]:
    """Return questions as the public sees them; needs `meeting` at hand."""
    beside = companions_of(questions, using="default")
    parts = parts_of(questions, on=timezone.localdate())
    return [
        {
            "code": question.code,
            "room": question.meeting.code,
            **public_row(question, beside),
            "parts": parts.get(question.pk, []),
        }
        for question in questions
    ]


LISTING = Listing(
    "questions",
    questions_json,
    (
        *("code", "room", "text", "language", "state", "by", "channel", "at"),
        *("votes.confirmed", "votes.guest", "edited"),
        *(f"answer.{name}" for name in ("form", "by", "second", "text", "language", "at")),
        *(f"due.unit.{language}" for language in LANGUAGES),
        "due.on",
        *(f"parts.unit.{language}" for language in LANGUAGES),
        *("parts.due", "parts.state", "parts.answer.at"),
    ),
)


@router.get("/questions.csv", include_in_schema=False)
@router.get(
    "/questions",
    response=Listed[QuestionOut],
    operation_id="list_questions",
    openapi_extra=OF_LISTS,
    summary="Public questions, the oldest first",
)
def list_questions(request: HttpRequest, asked: Query[QuestionsAsked]) -> Any:
    """Questions of the public list with votes, answers and due dates."""
    return LISTING.answer(request, _questions(asked), asked)


@router.get(
    "/questions/{slug:code}",
    response=QuestionOut,
    operation_id="show_question",
    openapi_extra=OF_SINGLES,
    summary="One public question",
)
def show_question(request: HttpRequest, code: str) -> Json:
    """The question of a code, if it is on the public list."""
    found = public_questions().select_related("meeting").filter(code=parse_code(code) or "").first()
    if found is None:
        raise QuestionUnknown
    return questions_json([found])[0]


def _questions(asked: QuestionsAsked) -> QuerySet[Question]:
    wanted = {
        "meeting__code": asked.meeting.upper(),
        "meeting__session__campaign__slug": asked.campaign,
        "meeting__session__region__kato__startswith": asked.region,
        "language": asked.language,
    }
    condition = Q(**{lookup: value for lookup, value in wanted.items() if value})
    if asked.state:
        states = [state for state in ON_PUBLIC_LIST if public_state(state) == asked.state]
        condition &= Q(state__in=states)
    if asked.since:
        condition &= Q(asked_at__gte=day_begins(asked.since))
    if asked.until:
        condition &= Q(asked_at__lt=day_ends(asked.until))
    return public_questions().select_related("meeting").filter(condition).order_by("id")
