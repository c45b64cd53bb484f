"""Commitments in the read API."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from kenes.commitments.access import commitment_of
from kenes.commitments.models import Commitment
from kenes.commitments.queries import CommitmentFilter, commitments_found, for_cards, slips_of
from kenes.commitments.rules import standing_on
from kenes.commitments.states import CommitmentState, ExecutorRole, Standing
from kenes.core.languages import LANGUAGES, in_languages
from kenes.core.listing import OF_LISTS, OF_SINGLES, SLUG, Asked, Day, Json, Listed, Listing, Texts
from kenes.programme.states import SphereKey

router = Router(tags=["commitments"])

Language = Literal["kk", "ru", "en"]


class SourceOut(Schema):
    """Where the promise was made.

    `question`: an answer, by its question's code; `meeting`: said aloud, by the room's code;
    `agenda_item`: announced in a report, by its point of the agenda.
    """

    kind: str
    id: str


class ExecutorOut(Schema):
    """A body that carries it out."""

    id: str
    name: Texts
    role: ExecutorRole


class SlipOut(Schema):
    """A move of the due date."""

    old: date
    new: date
    reason: str
    at: datetime


class CommitmentOut(Schema):
    """A promise on record."""

    code: str
    text: Texts
    language: Language = Field(description="language it was said in")
    by: str = Field(description="role and body of who promised, in the language it was said in")
    at: datetime
    source: SourceOut
    room: str | None = Field(description="code of the meeting's room")
    region: str | None = Field(description="KATO code of the region")
    sphere: SphereKey | None
    executors: list[ExecutorOut] = Field(description="the lead first")
    state: CommitmentState
    standing: Standing = Field(description="where it stands today, told from its state and dates")
    first_due_on: date
    due_on: date
    reported_on: date | None = Field(description="day of the submission that stands")
    slips: list[SlipOut] = Field(description="each move of the date, the first first")


class CommitmentsAsked(Asked):
    """Filters of the commitments."""

    meeting: str = Field("", pattern=SLUG, max_length=12, description="code of the meeting's room")
    campaign: str = Field("", pattern=SLUG, max_length=60, description="slug of the campaign")
    region: str = Field("", pattern=r"^([0-9]{2})?$", description="the region's two digits")
    sphere: SphereKey | None = None
    body: str = Field("", pattern=SLUG, max_length=16, description="id of an executing body")
    standing: Standing | None = Field(None, description="where it stands today")
    slipped: bool = Field(False, description="true: only those whose date was moved later")
    since: Day | None = Field(None, description="due on this day or later")
    until: Day | None = Field(None, description="due on this day or earlier")
    search: str = Field("", max_length=200, description="words or a code")


def commitments_json(commitments: Sequence[Commitment]) -> list[Json]:
    """Return commitments as the API tells them, in one query more; needs what `for_cards` brings."""
    today = timezone.localdate()
    slips = slips_of([commitment.code for commitment in commitments])
    return [
        {
            "code": commitment.code,
            "text": {text.language: text.text for text in commitment.texts.all()},
            "language": commitment.language,
            "by": commitment.made_by,
            "at": commitment.made_at,
            "source": {"kind": commitment.source_kind, "id": commitment.source_id},
            "room": commitment.meeting.code if commitment.meeting else None,
            "region": commitment.region.kato if commitment.region else None,
            "sphere": commitment.sphere or None,
            "executors": _executors(commitment),
            "state": commitment.state,
            "standing": standing_on(commitment, today),
            "first_due_on": commitment.first_due_on,
            "due_on": commitment.due_on,
            "reported_on": commitment.reported_on,
            "slips": [
                {"old": line.old_due_on, "new": line.due_on, "reason": line.reason, "at": line.at}
                for line in slips.get(commitment.code, [])
            ],
        }
        for commitment in commitments
    ]


def _executors(commitment: Commitment) -> list[Json]:
    return [
        {
            "id": executor.organisation.public_id,
            "name": in_languages(executor.organisation, "name"),
            "role": executor.role,
        }
        for executor in commitment.executors.all()
    ]


LISTING = Listing(
    "commitments",
    commitments_json,
    (
        "code",
        *(f"text.{language}" for language in LANGUAGES),
        *("language", "by", "at", "source.kind", "source.id", "room", "region", "sphere"),
        *("state", "standing", "first_due_on", "due_on", "reported_on"),
    ),
)


@router.get("/commitments.csv", include_in_schema=False)
@router.get(
    "/commitments",
    response=Listed[CommitmentOut],
    operation_id="list_commitments",
    openapi_extra=OF_LISTS,
    summary="Promises on record, the newest first",
)
def list_commitments(request: HttpRequest, asked: Query[CommitmentsAsked]) -> Any:
    """Promises with their executors, dates and slips."""
    narrowed = CommitmentFilter(
        region=asked.region,
        sphere=asked.sphere or "",
        body=asked.body,
        meeting=asked.meeting,
        campaign=asked.campaign,
        standing=asked.standing or "",
        since=asked.since,
        until=asked.until,
        slipped=asked.slipped,
        words=asked.search,
    )
    found = commitments_found(narrowed, on=timezone.localdate())
    return LISTING.answer(request, for_cards(found), asked)


@router.get(
    "/commitments/{slug:code}",
    response=CommitmentOut,
    operation_id="show_commitment",
    openapi_extra=OF_SINGLES,
    summary="One promise",
)
def show_commitment(request: HttpRequest, code: str) -> Json:
    """The commitment of a code."""
    return commitments_json([commitment_of(code, None)])[0]
