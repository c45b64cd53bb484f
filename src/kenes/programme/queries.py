"""What is asked of the programme."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from kenes.accounts.rules import AnyUser
from kenes.programme.access import campaigns_visible_to, meetings_visible_to
from kenes.programme.models import AgendaItem, Campaign, Meeting, StrategicSession
from kenes.programme.states import MeetingState
from kenes.territories.models import Place
from kenes.territories.states import PlaceLevel


def region_of(place: Place) -> Place:
    """Return the region a place lies in (a region's own is itself)."""
    if place.level == PlaceLevel.REGION:
        return place
    code = place.path.split("/")[0]
    if code:
        return Place.objects.get(kato=code)
    return region_of(place.parent) if place.parent else place


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the agenda as it stands, speakers with their bodies at hand."""
    items = AgendaItem.objects.filter(meeting=meeting, removed_at=None)
    return items.prefetch_related("speakers__organisation")


def agenda_of_feed(feed_id: int, *, using: str) -> QuerySet[AgendaItem]:
    """Return the agenda that a feed shows, read on the connection `using`."""
    items = AgendaItem.objects.using(using).filter(feed_id=feed_id, removed_at=None)
    return items.prefetch_related("speakers__organisation")


@dataclass(frozen=True, slots=True)
class MeetingFilter:
    """What a list of meetings is narrowed to; blank is all. `region`: its two digits."""

    sphere: str = ""
    region: str = ""
    state: str = ""
    format: str = ""


def campaigns_with_counts(user: AnyUser | None) -> QuerySet[Campaign]:
    """Return the campaigns, newest first, each with its host and `meetings`, how many it has."""
    campaigns = campaigns_visible_to(user).select_related("host")
    return campaigns.annotate(meetings=Count("sessions__meetings")).order_by("-starts_on", "pk")


def meetings_listed(user: AnyUser | None, narrowed: MeetingFilter = MeetingFilter()) -> QuerySet[Meeting]:
    """Return the meetings as lists show them, by time, with their places at hand."""
    meetings = meetings_visible_to(user).prefetch_related("place")
    return _narrowed(meetings, narrowed).order_by("starts_at", "pk")


def _narrowed(meetings: QuerySet[Meeting], narrowed: MeetingFilter) -> QuerySet[Meeting]:
    if narrowed.sphere:
        meetings = meetings.filter(Q(sphere=narrowed.sphere) | Q(second_sphere=narrowed.sphere))
    if narrowed.region:
        meetings = meetings.filter(session__region__kato=f"{narrowed.region}0000000")
    if narrowed.state:
        meetings = meetings.filter(state=narrowed.state)
    if narrowed.format:
        meetings = meetings.filter(format=narrowed.format)
    return meetings


def meetings_of_campaign(
    campaign: Campaign, user: AnyUser | None, narrowed: MeetingFilter = MeetingFilter()
) -> QuerySet[Meeting]:
    """Return a campaign's meetings, by time."""
    return meetings_listed(user, narrowed).filter(session__campaign=campaign)


def meetings_of_session(session: StrategicSession, user: AnyUser | None) -> QuerySet[Meeting]:
    """Return a session's meetings, by time."""
    return meetings_listed(user).filter(session=session)


def meetings_now(user: AnyUser | None, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings that are on: their rooms are open; `at` plays no part, a person opens a room."""
    return meetings_listed(user, MeetingFilter(state=MeetingState.OPEN))


def meetings_next(user: AnyUser | None, at: datetime) -> QuerySet[Meeting]:
    """Return the planned meetings that are not over by the clock, the soonest first."""
    return meetings_listed(user, MeetingFilter(state=MeetingState.PLANNED)).filter(ends_at__gt=at)


def meetings_recent(user: AnyUser | None, at: datetime) -> QuerySet[Meeting]:
    """Return the closed meetings that began before `at`, the latest first."""
    closed = meetings_listed(user, MeetingFilter(state=MeetingState.CLOSED))
    return closed.filter(starts_at__lte=at).order_by("-starts_at", "-pk")


def regions_of_campaign(campaign: Campaign) -> list[Place]:
    """Return the regions in which a campaign has sessions, by code."""
    regions = {session.region.kato: session.region for session in campaign.sessions.all()}
    return [regions[kato] for kato in sorted(regions)]
