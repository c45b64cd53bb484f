"""The meeting itself: where, when as planned and as held, who held and moderated it."""

from typing import Any

from django.db.models import Q

from kenes.accounts.models import Membership, User
from kenes.core.languages import in_languages
from kenes.programme.models import Meeting
from kenes.questions.rows import in_utc
from kenes.record.models import Entry
from kenes.territories.queries import paths_in_languages


def meeting_held(meeting: Meeting) -> dict[str, Any]:
    """Return the meeting; `held` from the record: when its room was opened and closed."""
    opening = Entry.objects.filter(object_kind="meeting", object_id=meeting.code, act="open_meeting")
    opened = opening.select_related("by").order_by("-id").first()
    session = meeting.session
    return {
        "code": meeting.code,
        "number": meeting.number,
        "title": in_languages(meeting, "title"),
        "kind": meeting.kind,
        "format": meeting.format,
        "spheres": [key for key in (meeting.sphere, meeting.second_sphere) if key],
        "languages": list(meeting.languages),
        "campaign": in_languages(session.campaign, "title"),
        "session": in_languages(session, "title"),
        "host": in_languages(meeting.host, "name"),
        "campaign_host": in_languages(session.campaign.host, "name"),
        "moderator": _moderator(meeting, opened.by if opened else None),
        "place": paths_in_languages([meeting.place])[meeting.place_id],
        "zone": meeting.zone,
        "planned": {"from": in_utc(meeting.starts_at), "to": in_utc(meeting.ends_at)},
        "held": {
            "from": in_utc(opened.at) if opened else None,
            "to": in_utc(meeting.closed_at) if meeting.closed_at else None,
        },
    }


def _moderator(meeting: Meeting, user: User | None) -> dict[str, Any] | None:
    """Return the position, as written with the membership, and the body of who opened the room; no name."""
    if user is None:
        return None
    day = meeting.starts_at.date()
    running = (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gte=day))
    hosts = [meeting.host_id, meeting.session.campaign.host_id]
    own = Membership.objects.filter(running, user=user, organisation__in=hosts).exclude(position="")
    found = own.select_related("organisation").order_by("id").first()
    body = found.organisation if found else meeting.host
    return {"position": found.position if found else "", "body": in_languages(body, "name")}
