"""What else belongs to a meeting: polls, announcements, materials."""

from typing import Any

from kenes.core.languages import in_languages
from kenes.files.models import Upload
from kenes.minutes.polls import are_polls_recorded, polls_of
from kenes.programme.models import Material, Meeting
from kenes.questions.rows import in_utc
from kenes.rooms.models import Announcement


def polls_held(meeting: Meeting) -> list[dict[str, Any]] | None:
    """Return the polls, or None where this site records none."""
    if not are_polls_recorded():
        return None
    return [
        {
            "code": poll.code,
            "title": dict(poll.title),
            "opened": in_utc(poll.opened_at),
            "closed": in_utc(poll.closed_at) if poll.closed_at else None,
            "voters": poll.voters,
            "counted": dict(poll.counted),
            "choices": [{"words": dict(one.words), "ballots": one.ballots} for one in poll.choices],
        }
        for poll in polls_of(meeting)
    ]


def announcements_made(meeting: Meeting) -> list[dict[str, Any]]:
    """Return what the moderator told everybody, in order, those taken down too."""
    rows = Announcement.objects.filter(meeting=meeting).order_by("at", "id")
    return [{"text": in_languages(row, "text"), "at": in_utc(row.at)} for row in rows]


def materials_given(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the meeting's materials, files with their hash."""
    rows = Material.objects.filter(meeting=meeting).select_related("upload").order_by("id")
    return [
        {
            "title": in_languages(row, "title"),
            "url": row.url,
            "file": _file(row.upload) if row.upload else None,
        }
        for row in rows
    ]


def _file(upload: Upload) -> dict[str, str]:
    return {"id": upload.public_id, "name": upload.original_name, "sha256": upload.sha256}
