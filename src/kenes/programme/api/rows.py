"""Rows of the programme as the API tells them: public fields, codes, no interface language."""

from collections.abc import Sequence
from typing import Any

from kenes.core.languages import in_languages
from kenes.core.listing import Json
from kenes.organisations.models import Organisation
from kenes.programme.models import AgendaItem, AgendaSpeaker, Campaign, Meeting, StrategicSession
from kenes.programme.queries import agenda_of
from kenes.territories.queries import paths_in_languages


def campaigns_json(campaigns: Sequence[Campaign]) -> list[Json]:
    """Return campaigns as the API tells them; needs `host` at hand."""
    return [
        {
            "slug": campaign.slug,
            "title": in_languages(campaign, "title"),
            "summary": in_languages(campaign, "summary"),
            "host": _body(campaign.host),
            "starts_on": campaign.starts_on,
            "ends_on": campaign.ends_on,
            "spheres": campaign.spheres,
            "intended_meetings": campaign.intended_meetings,
            "illustrative": campaign.is_illustrative,
        }
        for campaign in campaigns
    ]


def sessions_json(sessions: Sequence[StrategicSession]) -> list[Json]:
    """Return sessions as the API tells them; needs `campaign` and `region` at hand."""
    return [
        {
            "id": session.public_id,
            "campaign": session.campaign.slug,
            "region": session.region.kato,
            "title": in_languages(session, "title"),
            "summary": in_languages(session, "summary"),
            "starts_on": session.starts_on,
            "ends_on": session.ends_on,
        }
        for session in sessions
    ]


def meetings_json(meetings: Sequence[Meeting]) -> list[Json]:
    """Return meetings as the API tells them, in one query more."""
    paths = paths_in_languages(meeting.place for meeting in meetings)
    return [_meeting_json(meeting, paths[meeting.place_id]) for meeting in meetings]


def _meeting_json(meeting: Meeting, path: dict[str, str]) -> dict[str, Any]:
    return {
        "room": meeting.code,
        "campaign": meeting.session.campaign.slug,
        "session": meeting.session.public_id,
        "region": meeting.session.region.kato,
        "place": {"kato": meeting.place.kato, "path": path},
        "host": _body(meeting.host),
        "kind": meeting.kind,
        "format": meeting.format,
        "sphere": meeting.sphere,
        "second_sphere": meeting.second_sphere or None,
        "languages": meeting.languages,
        "title": in_languages(meeting, "title"),
        "summary": in_languages(meeting, "summary"),
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "zone": meeting.zone,
        "state": meeting.state,
        "policy": {
            "publishing": meeting.publishing,
            "ask": meeting.who_may_ask,
            "vote": meeting.who_may_vote,
        },
        "present": meeting.present,
    }


def meeting_with_agenda_json(meeting: Meeting) -> Json:
    """Return a meeting with the points of its agenda."""
    return {**meetings_json([meeting])[0], "agenda": [_item_json(item) for item in agenda_of(meeting)]}


def _item_json(item: AgendaItem) -> Json:
    return {
        "position": item.position,
        "title": in_languages(item, "title"),
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "state": item.state,
        "speakers": [_speaker_json(speaker) for speaker in item.speakers.all()],
    }


def _speaker_json(speaker: AgendaSpeaker) -> Json:
    body = speaker.organisation
    return {"role": in_languages(speaker, "role"), "body": in_languages(body, "name") if body else None}


def _body(body: Organisation) -> Json:
    return {"id": body.public_id, "name": in_languages(body, "name")}
