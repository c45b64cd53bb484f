"""Adapts the room for the engine: announcements as rows of the feed."""

from collections.abc import Iterable

from django.db.models import Q

from kenes.core.languages import in_languages
from kenes.live.contracts import Change, Gone, Stream
from kenes.rooms.models import Announcement


class AnnouncementReader:
    """Announcements: on every stream while up, a tombstone when taken down."""

    type = "announcement"

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        rows = Announcement.objects.using(using).filter(feed_id=feed_id, version__gt=since)
        for row in rows.filter(~Q(taken_down_at=None) | Q(public_since__isnull=False)).order_by("version"):
            if row.taken_down_at is None:
                yield Change(self.type, row.public_id, row.version, announcement_row(row))
            elif row.public_since is not None and (row.public_since <= since or stream is Stream.DESK):
                yield Gone(self.type, row.public_id, row.version)


def announcement_row(row: Announcement) -> dict[str, object]:
    """Return the announcement as every stream sees it; times in UTC."""
    return {"text": in_languages(row, "text"), "at": row.at.isoformat().replace("+00:00", "Z")}


def announcements_up(feed_id: int, *, using: str) -> list[dict[str, object]]:
    """Return what is up now, oldest first, with code and version."""
    rows = Announcement.objects.using(using).filter(feed_id=feed_id, taken_down_at=None).order_by("pk")
    return [{"code": row.public_id, "version": row.version, **announcement_row(row)} for row in rows]
