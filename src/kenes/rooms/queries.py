"""What a room shows, put together from the programme's, the questions' and its own parts."""

from typing import Any

from django.db.models import F, Q, QuerySet

from kenes.core.languages import in_languages
from kenes.live.contracts import Room, Stream
from kenes.organisations.models import Organisation
from kenes.programme.live import agenda_now, room_now
from kenes.programme.models import Meeting
from kenes.questions.live import question_page, snapshot_questions
from kenes.questions.models import Assignment, Question
from kenes.questions.states import QuestionState
from kenes.rooms.models import Announcement

S = QuestionState
# The desk's queues: the state in the address, and the states of the questions in it.
QUEUES: dict[str, tuple[QuestionState, ...]] = {
    "held": (S.HELD,),
    "open": (S.OPEN,),
    "staged": (S.STAGED,),
    "assigned": (S.ASSIGNED, S.DRAFTED, S.CLEARED),
    "answered": (S.ANSWERED,),
    "refused": (S.REFUSED, S.WITHDRAWN, S.MERGED, S.PASSED_ON),
}


def room_of(meeting: Meeting) -> Room:
    """Return the meeting's room as the engine knows it."""
    return Room(code=meeting.code, feed_id=meeting.feed_id)


def room_snapshot(room: Room, *, stream: Stream, using: str) -> dict[str, Any]:
    """Return everything a stream shows of a room but `v`, `epoch` and `version`."""
    return {
        "room": room_now(room.feed_id, using=using),
        "agenda": list(agenda_now(room.feed_id, using=using)),
        "announcements": announcements_up(room.feed_id, using=using),
        **snapshot_questions(room, stream=stream, using=using),
    }


def further_questions(room: Room, *, order: str, after: str, using: str) -> dict[str, Any]:
    """Return a further page of the public list. Raises: CursorUnknown, InvalidInput."""
    return question_page(room, order=order, after=after, stream=Stream.PUBLIC, using=using)


def announcement_row(row: Announcement) -> dict[str, object]:
    """Return the announcement as every stream sees it; times in UTC."""
    return {"text": in_languages(row, "text"), "at": row.at.isoformat().replace("+00:00", "Z")}


def announcements_up(feed_id: int, *, using: str) -> list[dict[str, object]]:
    """Return what is up now, oldest first, with code and version."""
    rows = Announcement.objects.using(using).filter(feed_id=feed_id, taken_down_at=None).order_by("pk")
    return [{"code": row.public_id, "version": row.version, **announcement_row(row)} for row in rows]


def questions_in_queue(meeting: Meeting, queue: str) -> QuerySet[Question]:
    """Return a queue of the desk: what waits by age, what is open by votes, what is done by recency."""
    found = Question.objects.filter(meeting=meeting, state__in=QUEUES[queue]).select_related("participant")
    if queue == "open":
        return found.order_by((F("votes_confirmed") + F("votes_guest")).desc(), "id")
    return found.order_by("id" if queue in {"held", "staged", "assigned"} else "-id")


def last_assigned_unit(meeting: Meeting) -> Organisation | None:
    """Return the unit to which a question of this meeting was given last."""
    given = Assignment.objects.filter(question__meeting=meeting).select_related("organisation")
    last = given.order_by("-id").first()
    return last.organisation if last else None


def top_open(meeting: Meeting, *, limit: int) -> QuerySet[Question]:
    """Return the open questions with the most votes."""
    return questions_in_queue(meeting, "open").filter(~Q(public_since=None))[:limit]
