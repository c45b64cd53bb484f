"""The register in the read API: the same filters as the page, pages by key."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kenes.core.listing import OF_LISTS, SLUG, Day, Json, Texts, UnknownFilter
from kenes.programme.states import SphereKey
from kenes.questions.api import PartAnswerOut
from kenes.questions.models import Question
from kenes.questions.states import AnswerForm, Channel, PartState, RefusalGround
from kenes.register.asked import LONGEST
from kenes.register.queries import RANKED, RegisterFilter, listing_of
from kenes.register.rows import register_rows
from kenes.register.states import Group, Sort

router = Router(tags=["register"])

Language = Literal["kk", "ru", "en"]
# Its CSV has an address of its own.
OF_KEYED_LISTS = {
    "responses": {status: said for status, said in OF_LISTS["responses"].items() if status != 200}
}
LARGEST_PAGE = 200
PAGE_SIZE = 50


class VotesOfQuestion(Schema):
    """Votes of signed-in people, and of guests."""

    confirmed: int
    guest: int


class AnswerOfQuestion(Schema):
    """An answer: aloud (at which second of the recording) or in writing."""

    form: AnswerForm
    by: str = Field(description="role and body of who answered")
    second: int | None
    text: str
    language: Language
    at: datetime


class DueOfQuestion(Schema):
    """The unit that owes a written answer, and the day."""

    unit: Texts
    on: date | None


class PartOfQuestion(Schema):
    """A part that another unit answers, by a date of its own; `ended`: owed no more, unanswered."""

    unit: Texts
    subject: str | None = Field(description="which part; null where the question's text is")
    due: date
    state: PartState
    is_late: bool = Field(description="answered late, or owed and late today")
    answer: PartAnswerOut | None


class RegisteredOut(Schema):
    """A question of the register; an asker is never named."""

    code: str
    meeting: str = Field(description="code of its meeting's room")
    title: Texts = Field(description="title of the meeting")
    region: str = Field(description="the region's two digits")
    spheres: list[SphereKey]
    text: str | None = Field(description="null where a refusal does not repeat the text")
    language: Language
    state: str
    channel: Channel
    at: datetime
    votes: VotesOfQuestion
    edited: bool
    answer: AnswerOfQuestion | None
    due: DueOfQuestion | None
    parts: list[PartOfQuestion] = Field(description="what other units answer of it")
    refusal: RefusalGround | None


class RegisterOut(Schema):
    """One page of the register. `after` is the next page's cursor; null: the list is complete."""

    total: int
    after: str | None
    rows: list[RegisteredOut]


class RegisterAsked(Schema):
    """Filters of the register, as in the page's address."""

    q: str = Field("", max_length=LONGEST, description="words, “phrases”, beginnings*, or a code")
    region: str = Field("", pattern=r"^([0-9]{2})?$", description="the region's two digits")
    sphere: SphereKey | None = None
    body: str = Field("", pattern=SLUG, max_length=16, description="public id of who owes or gave the answer")
    state: Group | None = None
    late: bool = Field(False, description="only those whose answer is owed and late")
    language: Language | None = None
    channel: Channel | None = None
    since: Day | None = Field(None, description="first day of asking, in the instance's zone")
    until: Day | None = Field(None, description="last day of asking, in the instance's zone")
    meeting: str = Field("", pattern=SLUG, max_length=12, description="code of the meeting's room")
    session: str = Field("", pattern=SLUG, max_length=16, description="public id of the strategic session")
    campaign: str = Field("", pattern=SLUG, max_length=60, description="slug of the campaign")
    sort: Sort = Field(Sort.NEWEST, description=f"by `relevance` at most the {RANKED} best matches")
    after: str = Field("", pattern=r"^([0-9]{1,18})?$", description="cursor of the page before")
    size: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE, description="rows a page")


@router.get("/register/", include_in_schema=False)
@router.get(
    "/register",
    response=RegisterOut,
    operation_id="list_register",
    openapi_extra=OF_KEYED_LISTS,
    summary="The public register: every question with a page of its own",
)
def list_register(request: HttpRequest, asked: Query[RegisterAsked]) -> Json:
    """Questions with answers, due dates and grounds of refusal; searched, narrowed, paged by key."""
    unknown = sorted(set(request.GET) - set(RegisterAsked.model_fields))
    if unknown:
        known = ", ".join(RegisterAsked.model_fields)
        raise UnknownFilter(names=", ".join(unknown)[:200], known=known)
    narrowed = _filter(asked)
    listing = listing_of(narrowed, sort=asked.sort, after=asked.after, size=asked.size)
    rows: list[dict[str, Any]] = _rows(listing.page.questions)
    return {"total": listing.counts.total, "after": listing.page.after, "rows": rows}


def _rows(questions: Sequence[Question]) -> list[dict[str, Any]]:
    return register_rows(questions)


def _filter(asked: RegisterAsked) -> RegisterFilter:
    return RegisterFilter(
        words=asked.q,
        region=asked.region,
        sphere=asked.sphere or "",
        body=asked.body,
        group=asked.state or "",
        is_late=asked.late,
        language=asked.language or "",
        channel=asked.channel or "",
        since=asked.since,
        until=asked.until,
        meeting=asked.meeting,
        session=asked.session,
        campaign=asked.campaign,
    )
