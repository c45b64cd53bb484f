"""The programme's addresses in the API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from kenes.core.errors import Forbidden
from kenes.core.languages import LANGUAGES
from kenes.core.listing import OF_LISTS, OF_SINGLES, Json, Listed, Listing, day_begins, day_ends
from kenes.programme.access import (
    campaign_of,
    campaigns_visible_to,
    meeting_of,
    meetings_visible_to,
    sessions_visible_to,
)
from kenes.programme.api.rows import (
    campaigns_json,
    meeting_with_agenda_json,
    meetings_json,
    sessions_json,
)
from kenes.programme.api.shapes import (
    CampaignOut,
    CampaignsAsked,
    MeetingOut,
    MeetingsAsked,
    MeetingWithAgendaOut,
    SessionOut,
    SessionsAsked,
)
from kenes.programme.models import Meeting
from kenes.programme.states import MeetingState

router = Router(tags=["programme"])
# A reader of the API has no account: what it lists is what anyone may see.
ANYONE = None

TITLES = tuple(f"{name}.{language}" for name in ("title", "summary") for language in LANGUAGES)
CAMPAIGNS = Listing(
    "campaigns",
    campaigns_json,
    ("slug", *TITLES, "host.id", "starts_on", "ends_on", "spheres", "intended_meetings", "illustrative"),
)
SESSIONS = Listing("sessions", sessions_json, ("id", "campaign", "region", *TITLES, "starts_on", "ends_on"))
MEETINGS = Listing(
    "meetings",
    meetings_json,
    (
        *("room", "campaign", "session", "region", "place.kato"),
        *(f"place.path.{language}" for language in LANGUAGES),
        *("host.id", "kind", "format", "sphere", "second_sphere", "languages"),
        *TITLES,
        *(
            "starts_at",
            "ends_at",
            "zone",
            "state",
            "policy.publishing",
            "policy.ask",
            "policy.vote",
            "present",
        ),
    ),
)


@router.get("/campaigns.csv", include_in_schema=False)
@router.get(
    "/campaigns",
    response=Listed[CampaignOut],
    operation_id="list_campaigns",
    openapi_extra=OF_LISTS,
    summary="Campaigns, the latest first",
)
def list_campaigns(request: HttpRequest, asked: Query[CampaignsAsked]) -> Any:
    """A ministry's days in the regions."""
    campaigns = campaigns_visible_to(ANYONE).select_related("host").order_by("-starts_on", "id")
    if asked.on:
        campaigns = campaigns.filter(starts_on__lte=asked.on, ends_on__gte=asked.on)
    return CAMPAIGNS.answer(request, campaigns, asked)


@router.get(
    "/campaigns/{slug:slug}",
    response=CampaignOut,
    operation_id="show_campaign",
    openapi_extra=OF_SINGLES,
    summary="One campaign",
)
def show_campaign(request: HttpRequest, slug: str) -> Json:
    """The campaign of a slug."""
    return campaigns_json([campaign_of(slug, ANYONE)])[0]


@router.get("/sessions.csv", include_in_schema=False)
@router.get(
    "/sessions",
    response=Listed[SessionOut],
    operation_id="list_sessions",
    openapi_extra=OF_LISTS,
    summary="Strategic sessions, by day",
)
def list_sessions(request: HttpRequest, asked: Query[SessionsAsked]) -> Any:
    """A campaign's sessions, one a region."""
    sessions = sessions_visible_to(ANYONE).select_related("campaign", "region").order_by("starts_on", "id")
    if asked.campaign:
        sessions = sessions.filter(campaign__slug=asked.campaign)
    if asked.region:
        sessions = sessions.filter(region__kato__startswith=asked.region)
    return SESSIONS.answer(request, sessions, asked)


@router.get(
    "/sessions/{slug:session_id}",
    response=SessionOut,
    operation_id="show_session",
    openapi_extra=OF_SINGLES,
    summary="One session",
)
def show_session(request: HttpRequest, session_id: str) -> Json:
    """The session of an id."""
    sessions = sessions_visible_to(ANYONE).select_related("campaign", "region")
    found = sessions.filter(public_id=session_id).first()
    if found is None:
        raise Forbidden
    return sessions_json([found])[0]


@router.get("/meetings.csv", include_in_schema=False)
@router.get(
    "/meetings",
    response=Listed[MeetingOut],
    operation_id="list_meetings",
    openapi_extra=OF_LISTS,
    summary="Meetings, by time",
)
def list_meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> Any:
    """Meetings with the code of each one's room; `now=true` for those running."""
    return MEETINGS.answer(request, _meetings(asked), asked)


@router.get(
    "/meetings/{slug:room}",
    response=MeetingWithAgendaOut,
    operation_id="show_meeting",
    openapi_extra=OF_SINGLES,
    summary="One meeting with its agenda",
)
def show_meeting(request: HttpRequest, room: str) -> Json:
    """The meeting of a room's code, in any case."""
    return meeting_with_agenda_json(meeting_of(room, ANYONE))


def _meetings(asked: MeetingsAsked) -> QuerySet[Meeting]:
    meetings = meetings_visible_to(ANYONE).select_related(
        "host", "place", "session__campaign", "session__region"
    )
    return meetings.filter(_belonging(asked), _in_time(asked)).order_by("starts_at", "id")


def _belonging(asked: MeetingsAsked) -> Q:
    wanted = {
        "session__campaign__slug": asked.campaign,
        "session__region__kato__startswith": asked.region,
        "session__public_id": asked.session,
        "state": asked.state,
    }
    condition = Q(**{lookup: value for lookup, value in wanted.items() if value})
    return condition & (Q(sphere=asked.sphere) | Q(second_sphere=asked.sphere) if asked.sphere else Q())


def _in_time(asked: MeetingsAsked) -> Q:
    condition = Q()
    if asked.now is not None:
        is_open = Q(state=MeetingState.OPEN)
        condition &= is_open if asked.now else ~is_open
    if asked.since:
        condition &= Q(starts_at__gte=day_begins(asked.since))
    if asked.until:
        condition &= Q(starts_at__lt=day_ends(asked.until))
    return condition
