"""Versions of feeds: gapless, in commit order, one for each transaction."""

import random
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction

from kenes.live.contracts import Stream
from kenes.live.models import AnsweredAct, Feed
from kenes.live.rows import is_on, rows_changed
from kenes.live.wake import on_wake
from kenes.live.writer import change_feed, change_feeds, create_feed
from kenes.questions.models import Question

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def version_of(feed: Feed) -> int:
    return Feed.objects.get(pk=feed.pk).version


class Crowd:
    """Threads that change one, two or three feeds at a time; some undo theirs."""

    def __init__(self, feeds: list[int]) -> None:
        self.feeds = feeds
        self.taken: dict[int, list[int]] = {feed_id: [] for feed_id in feeds}
        self.failures: list[Exception] = []

    def run(self, *, threads: int, changes: int) -> None:
        crowd = [threading.Thread(target=self._write, args=[seed, changes]) for seed in range(threads)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join(60)

    def _write(self, seed: int, changes: int) -> None:
        chance = random.Random(seed)
        try:
            for _ in range(changes):
                self._change(chance.sample(self.feeds, chance.randint(1, 3)), chance.random() < 0.2)
        except Exception as error:
            self.failures.append(error)
        finally:
            connections.close_all()

    def _change(self, wanted: list[int], is_undone: bool) -> None:
        with transaction.atomic():
            with change_feeds(wanted) as locked:
                found = {feed_id: feed.version for feed_id, feed in locked.items()}
            if is_undone:
                transaction.set_rollback(True)
                return
            # Still in the transaction, so nobody else can have come between.
            for feed_id, version in found.items():
                self.taken[feed_id].append(version)


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_versions_of_concurrent_writers_are_gapless_and_in_commit_order():
    feeds = [create_feed(f"room {number}") for number in range(3)]
    crowd = Crowd([feed.pk for feed in feeds])
    crowd.run(threads=4, changes=25)
    assert crowd.failures == []
    for feed in feeds:
        taken = crowd.taken[feed.pk]
        assert taken == list(range(1, len(taken) + 1))
        assert version_of(feed) == len(taken) > 20


@pytest.mark.django_db
def test_a_feed_that_was_only_locked_keeps_its_version():
    feed = create_feed("room")
    with change_feed(feed.pk):
        pass
    assert version_of(feed) == 0


@pytest.mark.django_db
def test_all_changes_of_one_block_take_one_version_inner_blocks_too():
    feed = create_feed("room")
    with change_feed(feed.pk) as outer:
        assert outer.version == 1
        for _ in range(2):
            with change_feed(feed.pk) as inner:
                assert inner.version == 1
    assert version_of(feed) == 1
    with change_feed(feed.pk) as later:
        assert later.version == 2
    assert version_of(feed) == 2


@pytest.mark.django_db
def test_an_inner_block_may_not_lock_out_of_order():
    first, second = create_feed("first"), create_feed("second")
    with change_feed(second.pk), pytest.raises(RuntimeError, match="locked before"), change_feed(first.pk):
        pass
    with change_feed(first.pk), change_feed(second.pk) as inner:
        assert inner.version == 1
    assert (version_of(first), version_of(second)) == (0, 1)


@pytest.mark.django_db
def test_a_failed_block_takes_no_version_and_leaves_nothing_locked():
    feed = create_feed("room")
    with pytest.raises(ZeroDivisionError), change_feed(feed.pk) as locked:
        assert locked.version / 0
    assert version_of(feed) == 0
    with change_feed(feed.pk) as locked:
        assert locked.version == 1


@pytest.mark.django_db
def test_a_feed_that_is_none_is_refused():
    with pytest.raises(Feed.DoesNotExist), change_feed(4711):
        pass


@pytest.mark.django_db(transaction=True)
def test_the_relay_is_woken_after_the_commit_and_only_by_a_change():
    feed = create_feed("room")
    woken: list[int] = []
    stop = on_wake(lambda: woken.append(version_of(feed)))
    with change_feed(feed.pk):
        pass
    with change_feed(feed.pk) as locked:
        assert locked.version == 1
        assert woken == []
    stop()
    assert woken == [1]


class Told:
    """What a stream is told of a row over its life."""

    def __init__(self) -> None:
        self.feed = create_feed("room")
        self.row = Question(feed=self.feed)

    def stamp(self, *streams: Stream) -> int:
        with change_feed(self.feed.pk) as feed:
            feed.stamp(self.row, on=streams)
        return self.row.version


@pytest.mark.django_db
def test_a_row_keeps_when_it_entered_and_left_each_stream():
    told = Told()
    held, opened = told.stamp(), told.stamp(Stream.PUBLIC)
    staged, hidden = told.stamp(Stream.PUBLIC, Stream.SPEAKER), told.stamp()
    row = told.row
    assert (held, opened, staged, hidden) == (1, 2, 3, 4)
    assert (row.public_since, row.public_until) == (2, 4)
    assert (row.speaker_since, row.speaker_until) == (3, 4)
    assert [is_on(row, stream) for stream in Stream] == [False, True, False]
    told.stamp(Stream.PUBLIC)
    assert (row.public_since, row.public_until, row.version) == (5, None, 5)


@pytest.mark.django_db
def test_rows_changed_tells_of_rows_that_left_and_is_silent_on_those_never_there():
    from factories import a_meeting
    from kenes.programme.models import AgendaItem

    meeting = a_meeting(is_open=True)
    start = meeting.feed.version

    def item(position: int, *lives: tuple[Stream, ...]) -> AgendaItem:
        row = AgendaItem(
            meeting=meeting, feed=meeting.feed, position=position, starts_at=NOW, ends_at=LATER, title="x"
        )
        for streams in lives:
            with change_feed(meeting.feed_id) as feed:
                feed.stamp(row, on=streams)
                row.save()
        return row

    item(1, (Stream.PUBLIC,))
    item(2, (), ())
    item(3, (Stream.PUBLIC,), ())

    def told(since: int, stream: Stream) -> list[tuple[int, bool]]:
        found = rows_changed(AgendaItem, meeting.feed_id, since=since, stream=stream, using="default")
        return [(row.position, on) for row, on in found]

    assert told(start, Stream.PUBLIC) == [(1, True), (3, False)]
    assert told(start, Stream.DESK) == [(1, True), (2, True), (3, True)]
    assert told(start, Stream.SPEAKER) == []
    assert told(start + 5, Stream.PUBLIC) == []


def test_the_answers_index_begins_with_the_key():
    """Batches are looked up by their keys; participant first would read the whole table."""
    (constraint,) = AnsweredAct._meta.constraints
    assert constraint.fields == ("key", "participant_id")
