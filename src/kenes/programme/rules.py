"""Pure rules of the programme's times, and who may do what."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import formats

from kenes.accounts.rules import AnyUser, has_role
from kenes.accounts.states import Role
from kenes.core.folding import fold
from kenes.core.languages import LANGUAGES
from kenes.programme import streams
from kenes.programme.errors import (
    MaterialAddressRefused,
    MaterialIncomplete,
    OutsideItsFrame,
    PeriodReversed,
    UnknownZone,
)
from kenes.programme.models import AgendaItem, AgendaSpeaker, Campaign, Material, Meeting, VideoStream
from kenes.programme.states import Audience, MeetingFormat, MeetingKind, Publishing, SphereKey
from kenes.programme.texts import check_keys


def check_dates(starts_on: date, ends_on: date) -> None:
    """Raise PeriodReversed where a period of whole days ends before it starts."""
    if ends_on < starts_on:
        raise PeriodReversed()


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Raise PeriodReversed where the end is not after the start."""
    if ends_at <= starts_at:
        raise PeriodReversed()


def check_within(
    starts_at: datetime, ends_at: datetime, *, frame: tuple[datetime, datetime], zone: str
) -> None:
    """Raise OutsideItsFrame where the times leave the frame, which is told in `zone`."""
    if starts_at < frame[0] or ends_at > frame[1]:
        start, end = (formats.date_format(at.astimezone(ZoneInfo(zone)), "H:i") for at in frame)
        raise OutsideItsFrame(start=start, end=end)


def check_zone(zone: str) -> None:
    """Raise UnknownZone for a name that the IANA data does not have."""
    if zone not in available_timezones():
        raise UnknownZone(zone=zone)


def check_web_address(url: str) -> None:
    """Raise MaterialAddressRefused where a link is not http or https with a host."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as error:
        raise MaterialAddressRefused() from error


def check_campaign(campaign: Campaign) -> None:
    """Raise PeriodReversed or UnknownKey where a campaign's parts do not fit together."""
    check_dates(campaign.starts_on, campaign.ends_on)
    check_keys(campaign.spheres, known=SphereKey.values)


def check_meeting(meeting: Meeting) -> None:
    """Raise PeriodReversed, UnknownZone or UnknownKey where a meeting's parts do not fit together."""
    check_times(meeting.starts_at, meeting.ends_at)
    check_zone(meeting.zone)
    check_keys([meeting.kind], known=MeetingKind.values)
    check_keys([meeting.format], known=MeetingFormat.values)
    check_keys([meeting.sphere], known=SphereKey.values)
    check_keys([meeting.second_sphere], known=["", *SphereKey.values])
    check_keys(meeting.languages, known=LANGUAGES)
    check_keys([meeting.publishing], known=Publishing.values)
    check_keys([meeting.who_may_ask, meeting.who_may_vote], known=Audience.values)


def check_agenda_item(item: AgendaItem, meeting: Meeting) -> None:
    """Raise PeriodReversed or OutsideItsFrame where a point does not lie within its meeting."""
    check_times(item.starts_at, item.ends_at)
    frame = (meeting.starts_at, meeting.ends_at)
    check_within(item.starts_at, item.ends_at, frame=frame, zone=meeting.zone)


def check_material(material: Material) -> None:
    """Raise MaterialIncomplete or MaterialAddressRefused where it is neither a file nor a good link."""
    if (material.upload_id is None) == (material.url == ""):
        raise MaterialIncomplete()
    if material.url:
        check_web_address(material.url)


def embed_of(stream: VideoStream) -> streams.Embed:
    """Return what a stream's card shows, and what play loads."""
    return streams.embed_at(kind=stream.kind, url=stream.url)


def may_edit(user: AnyUser | None, campaign: Campaign) -> bool:
    """Say whether the user may prepare the campaign: an editor of its host body."""
    return has_role(user, Role.EDITOR, organisation=campaign.host)


def may_moderate(user: AnyUser | None, meeting: Meeting) -> bool:
    """Say whether the user runs the meeting: a moderator of its host body or of its campaign's."""
    return _has_role_at(user, Role.MODERATOR, meeting)


def may_speak(user: AnyUser | None, meeting: Meeting) -> bool:
    """Say whether the user sees the speakers' stream: a speaker of a host body, or listed on the agenda."""
    return _has_role_at(user, Role.SPEAKER, meeting) or is_listed_speaker(user, meeting)


def is_listed_speaker(user: AnyUser | None, meeting: Meeting) -> bool:
    """Say whether the user's account stands at a point of the agenda."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    return AgendaSpeaker.objects.filter(item__meeting=meeting, item__removed_at=None, user=user).exists()


def _has_role_at(user: AnyUser | None, role: Role, meeting: Meeting) -> bool:
    hosts = {meeting.host, meeting.session.campaign.host}
    return any(has_role(user, role, organisation=host) for host in hosts)


def folded_meeting(meeting: Meeting) -> str:
    """Return what a search for a meeting looks into: its code and its titles, folded."""
    titles = (str(getattr(meeting, f"title_{language}") or "") for language in LANGUAGES)
    return fold(" ".join((meeting.code, *titles)))
