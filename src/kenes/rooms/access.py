"""From a room code in an address to the meeting, for those who may."""

from kenes.accounts.rules import AnyUser
from kenes.core.errors import Forbidden
from kenes.live.models import Feed
from kenes.programme.access import meeting_of
from kenes.programme.models import AgendaItem, Meeting
from kenes.programme.rules import may_moderate, may_speak
from kenes.questions.access import question_to_moderate
from kenes.questions.models import Question
from kenes.rooms.models import Announcement


def meeting_by_code(code: str) -> Meeting:
    """Return the meeting of a room code (any case), open to anyone. Raises: Forbidden."""
    return meeting_of(code, None)


def version_of(meeting: Meeting) -> int:
    """Return the version of the meeting's feed; read before the rows, it never promises too much."""
    return Feed.objects.values_list("version", flat=True).get(pk=meeting.feed_id)


def meeting_to_moderate(user: AnyUser, code: str) -> Meeting:
    """Return the meeting for its moderators. Raises: Forbidden."""
    meeting = meeting_of(code, user)
    if not may_moderate(user, meeting):
        raise Forbidden
    return meeting


def meeting_to_speak_at(user: AnyUser, code: str) -> Meeting:
    """Return the meeting for those who speak there and its moderators. Raises: Forbidden."""
    meeting = meeting_of(code, user)
    if not (may_speak(user, meeting) or may_moderate(user, meeting)):
        raise Forbidden
    return meeting


def question_at_desk(user: AnyUser, meeting: Meeting, code: str) -> Question:
    """Return a question of this meeting for its moderators. Raises: Forbidden."""
    question = question_to_moderate(user, code)
    if question.meeting_id != meeting.pk:
        raise Forbidden
    return question


def agenda_item_at_desk(meeting: Meeting, public_id: str) -> AgendaItem:
    """Return a point of this meeting's agenda. Raises: Forbidden."""
    found = AgendaItem.objects.filter(meeting=meeting, public_id=public_id, removed_at=None).first()
    if found is None:
        raise Forbidden
    return found


def announcement_at_desk(meeting: Meeting, public_id: str) -> Announcement:
    """Return an announcement of this meeting. Raises: Forbidden."""
    found = Announcement.objects.filter(meeting=meeting, public_id=public_id).first()
    if found is None:
        raise Forbidden
    return found
