"""The one way to change a feed. Only actions import this module.

    with change_feed(meeting.feed_id) as feed:
        question.state = QuestionState.STAGED
        fields = feed.stamp(question, on=[Stream.PUBLIC, Stream.SPEAKER])
        question.save(update_fields=["state", *fields])

Feed rows are locked before any other row, in id order (taken last they deadlock), so versions
are gapless and in commit order.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from kenes.live.contracts import Stream
from kenes.live.listening import CHANNEL
from kenes.live.models import Feed, FeedRow
from kenes.live.wake import wake_relay

_FEEDS = Feed._meta.db_table


class LockedFeed:
    """A feed locked in the running transaction; asking for `version` makes it a change."""

    def __init__(self, feed_id: int, version: int) -> None:
        self.feed_id = feed_id
        self._before = version
        self.is_changed = False

    @property
    def version(self) -> int:
        self.is_changed = True
        return self._before + 1

    def stamp(self, row: FeedRow, *, on: Iterable[Stream]) -> Sequence[str]:
        """Set the row's version and the streams it is on from now; return the fields to save."""
        version = self.version
        streams = frozenset(on)
        row.version = version
        for name in (Stream.PUBLIC, Stream.SPEAKER):
            self._stamp_stream(row, name, version, is_on=name in streams)
        return FeedRow.FEED_FIELDS

    @staticmethod
    def _stamp_stream(row: FeedRow, name: Stream, version: int, *, is_on: bool) -> None:
        since, until = f"{name}_since", f"{name}_until"
        was_on = getattr(row, since) is not None and getattr(row, until) is None
        if is_on and not was_on:
            setattr(row, since, version)
            setattr(row, until, None)
        elif was_on and not is_on:
            setattr(row, until, version)


class _OpenFeeds(threading.local):
    """The feeds locked by the blocks now open in this thread: an inner block shares the outer's."""

    def __init__(self) -> None:
        self.by_id: dict[int, LockedFeed] = {}


_open_feeds = _OpenFeeds()


@contextmanager
def change_feeds(feed_ids: Iterable[int]) -> Iterator[Mapping[int, LockedFeed]]:
    """Open a transaction with the feeds locked; those changed in it take their next version at its end.

    An action may call another inside its block: both then change the feed in one version.
    Raises `RuntimeError` where an inner block asks for a feed that should have been locked before.
    """
    held = _open_feeds.by_id
    wanted = set(feed_ids)
    new = sorted(wanted - held.keys())
    if held and new and new[0] < max(held):
        raise RuntimeError(f"Feed {new[0]} must be locked before feed {max(held)}: ask for both at once.")
    with transaction.atomic():
        locked = _lock_feeds(new)
        held.update(locked)
        try:
            yield {feed_id: held[feed_id] for feed_id in wanted}
            _take_versions(locked.values())
        finally:
            for feed_id in locked:
                del held[feed_id]


def _lock_feeds(feed_ids: Sequence[int]) -> dict[int, LockedFeed]:
    if not feed_ids:
        return {}
    # Each act of anybody asks this, so Django does not compose it anew each time.
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    places = ", ".join(["%s"] * len(feed_ids))
    with connection.cursor() as cursor:
        statement = f"SELECT id, version FROM {_FEEDS} WHERE id IN ({places}) ORDER BY id{lock}"  # noqa: S608
        cursor.execute(statement, feed_ids)
        locked = {feed_id: LockedFeed(feed_id, version) for feed_id, version in cursor.fetchall()}
    if len(locked) < len(feed_ids):
        raise Feed.DoesNotExist(f"There is no feed {sorted(set(feed_ids) - locked.keys())}.")
    return locked


def _take_versions(feeds: Iterable[LockedFeed]) -> None:
    changed = [(feed.version, feed.feed_id) for feed in feeds if feed.is_changed]
    for version_and_id in changed:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {_FEEDS} SET version = %s WHERE id = %s", version_and_id)  # noqa: S608
    if changed:
        _tell_other_processes()
        transaction.on_commit(wake_relay, robust=True)


def _tell_other_processes() -> None:
    """On PostgreSQL let the commit itself tell; on SQLite their relays look."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


@contextmanager
def change_feed(feed_id: int) -> Iterator[LockedFeed]:
    """Open a transaction with one feed locked."""
    with change_feeds([feed_id]) as feeds:
        yield feeds[feed_id]


def create_feed(key: str) -> Feed:
    """Make the feed of a new room."""
    return Feed.objects.create(key=key)
