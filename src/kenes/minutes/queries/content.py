"""What happened at a meeting, as the one value that a version of its minutes keeps.

Plain JSON without a language of its own: texts by language, times in UTC, keys of states. Askers
are told by kind only: a version is never changed, so it holds no name that may have to go. What is
quoted of a question can go, see `minutes.quotes`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kenes.live.models import Feed
from kenes.minutes.queries.agenda import agenda_followed
from kenes.minutes.queries.attendance import attendance_of
from kenes.minutes.queries.commitments import commitments_made
from kenes.minutes.queries.meeting import meeting_held
from kenes.minutes.queries.questions import questions_asked
from kenes.minutes.queries.surroundings import announcements_made, materials_given, polls_held
from kenes.programme.access import meeting_of
from kenes.programme.models import Meeting
from kenes.questions.rows import in_utc

FORMAT = 2
# Of a closed meeting little changes; where it did while it was read, it is read again.
READ_AT_MOST = 5

Content = Mapping[str, Any]


def content_of(meeting: Meeting, *, at: datetime) -> Content:
    """Return what happened at the meeting, as recorded at `at`, in a constant number of queries.

    It is read outside any transaction, so that no writer waits; `feed_version` is that of the room
    both before and after.
    """
    for _attempt in range(READ_AT_MOST):
        before = version_of_feed(meeting)
        content = _read(meeting.code, at=at)
        if version_of_feed(meeting) == before:
            break
    return {"v": FORMAT, "as_of": in_utc(at), "feed_version": before, **content}


def _read(code: str, *, at: datetime) -> dict[str, Any]:
    meeting = meeting_of(code, None)
    return {
        "meeting": meeting_held(meeting),
        "agenda": agenda_followed(meeting),
        "attendance": attendance_of(meeting),
        "polls": polls_held(meeting),
        "announcements": announcements_made(meeting),
        "questions": questions_asked(meeting, at=at),
        "commitments": commitments_made(meeting),
        "materials": materials_given(meeting),
    }


def version_of_feed(meeting: Meeting) -> int:
    """Return the version of the meeting's room: it changes with everything that people see there."""
    return Feed.objects.values_list("version", flat=True).get(pk=meeting.feed_id)
