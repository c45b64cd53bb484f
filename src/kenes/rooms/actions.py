"""The only writes of the rooms: announcements and the closing of a meeting."""

from collections.abc import Mapping
from datetime import datetime

from kenes.accounts.models import User
from kenes.core.errors import InvalidInput
from kenes.core.languages import LANGUAGES
from kenes.live.contracts import Stream
from kenes.live.writer import change_feed
from kenes.programme.models import Meeting
from kenes.rooms.models import Announcement


def post_announcement(
    meeting: Meeting, *, text: Mapping[str, str], by: User | None, at: datetime
) -> Announcement:
    """Show a short text to everybody in the room. `text`: by language, at least one.

    Raises: `InvalidInput` where no language has a text.
    """
    texts = {language: text.get(language, "").strip() for language in LANGUAGES}
    if not any(texts.values()):
        raise InvalidInput
    with change_feed(meeting.feed_id) as feed:
        announcement = Announcement(meeting=meeting, feed_id=meeting.feed_id, by=by, at=at)
        for language, words in texts.items():
            setattr(announcement, f"text_{language}", words)
        feed.stamp(announcement, on=list(Stream))
        announcement.save()
    return announcement


def take_down_announcement(announcement: Announcement, *, by: User | None, at: datetime) -> None:
    """Take an announcement off the room; what was said stays recorded."""
    with change_feed(announcement.feed_id) as feed:
        row = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if row.taken_down_at is not None:
            return
        row.taken_down_at = at
        fields = feed.stamp(row, on=[Stream.DESK])
        row.save(update_fields=["taken_down_at", *fields])
