"""Adapts the room for the engine: announcements as rows of the feed, and the room as a whole."""

from collections.abc import Iterable

from kenes.accounts.access import user_of_session
from kenes.live.contracts import Change, Claim, Gone, Json, Room, Stream
from kenes.live.rows import rows_changed
from kenes.programme.live import find_room
from kenes.programme.models import Meeting
from kenes.programme.rules import may_moderate, may_speak
from kenes.questions.live import own_part, question_page
from kenes.rooms.models import Announcement
from kenes.rooms.queries import announcement_row, room_snapshot


class AnnouncementReader:
    """Announcements: on every stream while up, a tombstone when taken down."""

    type = "announcement"
    model = Announcement

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        for row, is_on in rows_changed(Announcement, feed_id, since=since, stream=stream, using=using):
            # The desk's stream has every row; there one taken down is told by its own column.
            if is_on and row.taken_down_at is None:
                yield Change(self.type, row.public_id, row.version, announcement_row(row))
            else:
                yield Gone(self.type, row.public_id, row.version)


class RoomPages:
    """The room as the engine asks for it: whole, by pages, and what is a participant's own."""

    def find(self, code: str, *, using: str) -> Room | None:
        return find_room(code, using=using)

    def snapshot(self, room: Room, *, stream: Stream, using: str) -> Json:
        return room_snapshot(room, stream=stream, using=using)

    def questions(self, room: Room, *, order: str, after: str, stream: Stream, using: str) -> Json:
        return question_page(room, order=order, after=after, stream=stream, using=using)

    def own(self, room: Room, claim: Claim, *, using: str) -> Json:
        return own_part(claim, using=using)

    def may_follow(self, room: Room, *, stream: Stream, session_key: str, using: str) -> bool:
        """The desk is for moderators, the speakers' stream also for those who speak."""
        user = user_of_session(session_key, using=using)
        if user is None:
            return False
        meetings = Meeting.objects.using(using).select_related("host", "session__campaign__host")
        meeting = meetings.filter(feed_id=room.feed_id).first()
        if meeting is None:
            return False
        return may_moderate(user, meeting) or (stream is Stream.SPEAKER and may_speak(user, meeting))
