"""What the API tells of the programme, and what may be asked of its lists."""

from datetime import date, datetime

from ninja import Field, Schema

from kenes.core.listing import SLUG, Asked, Day, Texts
from kenes.programme.states import (
    AgendaState,
    Audience,
    MeetingFormat,
    MeetingKind,
    MeetingState,
    Publishing,
    SphereKey,
)


class BodyOut(Schema):
    """A body, in short."""

    id: str
    name: Texts


class PlaceInShort(Schema):
    """A place, with its path from the region down."""

    kato: str
    path: Texts


class CampaignOut(Schema):
    """A ministry's days in the regions, for a period."""

    slug: str
    title: Texts
    summary: Texts
    host: BodyOut
    starts_on: date
    ends_on: date
    spheres: list[SphereKey]
    intended_meetings: int | None
    illustrative: bool = Field(description="made for the demo")


class SessionOut(Schema):
    """A campaign's strategic session in one region."""

    id: str
    campaign: str = Field(description="slug of its campaign")
    region: str = Field(description="KATO code of its region")
    title: Texts
    summary: Texts
    starts_on: date
    ends_on: date


class PolicyOut(Schema):
    """What becomes of a question when it is asked, and who may ask and vote."""

    publishing: Publishing
    ask: Audience
    vote: Audience


class MeetingOut(Schema):
    """A meeting. `room` is the code under which its room is followed (see the live protocol)."""

    room: str
    campaign: str = Field(description="slug of its campaign")
    session: str = Field(description="id of its session")
    region: str = Field(description="KATO code of its region")
    place: PlaceInShort
    host: BodyOut
    kind: MeetingKind
    format: MeetingFormat
    sphere: SphereKey
    second_sphere: SphereKey | None
    languages: list[str]
    title: Texts
    summary: Texts
    starts_at: datetime = Field(description="UTC")
    ends_at: datetime = Field(description="UTC")
    zone: str = Field(description="IANA zone of the place at that time")
    state: MeetingState
    policy: PolicyOut
    present: int = Field(description="people present, rounded")


class SpeakerOut(Schema):
    """Who speaks: a role and a body, never an account."""

    role: Texts
    body: Texts | None


class AgendaItemOut(Schema):
    """A point of the agenda."""

    position: int
    title: Texts
    starts_at: datetime
    ends_at: datetime
    state: AgendaState
    speakers: list[SpeakerOut]


class MeetingWithAgendaOut(MeetingOut):
    """A meeting with its agenda."""

    agenda: list[AgendaItemOut]


class CampaignsAsked(Asked):
    """Filters of the campaigns."""

    on: Day | None = Field(None, description="only those that run on this day")


class SessionsAsked(Asked):
    """Filters of the sessions."""

    campaign: str = Field("", pattern=SLUG, max_length=60, description="slug of the campaign")
    region: str = Field("", pattern=r"^([0-9]{2})?$", description="the region's two digits")


class MeetingsAsked(SessionsAsked):
    """Filters of the meetings."""

    now: bool | None = Field(None, description="true: only those whose room is open now")
    session: str = Field("", pattern=SLUG, max_length=16, description="id of the session")
    sphere: SphereKey | None = None
    state: MeetingState | None = None
    since: Day | None = Field(None, description="first day, in the instance's zone")
    until: Day | None = Field(None, description="last day, in the instance's zone")
