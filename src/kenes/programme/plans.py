"""What is to be made: the many fields of the programme's objects, as one argument of an action.

Texts are in languages: `{"kk": …, "ru": …, "en": …}`, at least one of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kenes.accounts.models import User
from kenes.files.models import Upload
from kenes.organisations.models import Organisation
from kenes.programme.states import Audience, MeetingFormat, Publishing
from kenes.territories.models import Place

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPlan:
    """A campaign. `region_targets`: meetings intended in a region."""

    slug: str
    title: Texts
    host: Organisation
    starts_on: date
    ends_on: date
    summary: Texts = field(default_factory=dict)
    spheres: Sequence[str] = ()
    intended_meetings: int | None = None
    region_targets: Mapping[Place, int] = field(default_factory=dict)
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """A strategic session of a region."""

    region: Place
    title: Texts
    starts_on: date
    ends_on: date
    summary: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPolicy:
    """What becomes of a question when asked, and who may ask and vote."""

    publishing: str = Publishing.AT_ONCE
    who_may_ask: str = Audience.ANYONE
    who_may_vote: str = Audience.ANYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """A meeting. `starts_at`, `ends_at` are aware; `zone` is the IANA zone of the place."""

    kind: str
    sphere: str
    title: Texts
    host: Organisation
    place: Place
    starts_at: datetime
    ends_at: datetime
    second_sphere: str = ""
    summary: Texts = field(default_factory=dict)
    format: str = MeetingFormat.ONLINE
    languages: Sequence[str] = ("kk", "ru")
    zone: str = "Asia/Almaty"
    policy: RoomPolicy = RoomPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPlan:
    """A point of an agenda; without a `position` it comes last."""

    title: Texts
    starts_at: datetime
    ends_at: datetime
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerPlan:
    """Who speaks to a point; `user` only where the person wishes to be known to the room."""

    role: Texts
    organisation: Organisation | None = None
    user: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamPlan:
    """Where a meeting is seen or heard; `language` of the interpretation, blank for the floor."""

    kind: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialPlan:
    """A document (an upload that is kept already) or a link."""

    title: Texts
    upload: Upload | None = None
    url: str = ""
