"""The relay: reads what commits changed and publishes one coalesced frame per feed, stream and tick.

It wakes on the commits of its own process and asks every 50 ms whether others committed; while nobody
follows it asks nothing. A heartbeat goes to every followed line in time, and at once from a new relay,
so that no gap stays hidden.
"""

import asyncio
import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.utils import InterfaceError, OperationalError

from kenes.live.contracts import Publisher, RowReader
from kenes.live.frames import Line, Reading, read_lines
from kenes.live.histogram import SECONDS, Histogram
from kenes.live.listening import Listener, listener_of_database
from kenes.live.signs import commits_of_default
from kenes.live.threads import DatabaseThreads
from kenes.live.wake import on_wake

log = logging.getLogger(__name__)

POLL_SECONDS = 0.05
# Where the database tells of commits by itself, looking is only for what got lost.
POLL_SECONDS_LISTENING = 0.5
TICK_SECONDS = 0.1
# Followers count on one every 5 s; the difference is for the way and a busy moment.
HEARTBEAT_SECONDS = 4.0
PAUSE_AFTER_FAULT_SECONDS = 0.5

Waiter = tuple[int, "asyncio.Future[None]"]


class Waiters:
    """Requests that wait for a feed to leave a version; none of them holds a thread."""

    def __init__(self) -> None:
        self._by_feed: dict[int, set[Waiter]] = {}

    def feeds(self) -> Collection[int]:
        return self._by_feed.keys()

    async def wait(self, feed_id: int, version: int, *, seconds: float) -> None:
        """Return when the feed is at another version, or after `seconds`."""
        waiter: Waiter = (version, asyncio.get_running_loop().create_future())
        self._by_feed.setdefault(feed_id, set()).add(waiter)
        try:
            await asyncio.wait([waiter[1]], timeout=seconds)
        finally:
            self._leave(feed_id, waiter)

    def wake(self, versions: Mapping[int, int]) -> None:
        """End the waits for feeds past the version awaited (a reading may be older than a wait)."""
        for feed_id in self._by_feed.keys() & versions.keys():
            _end([waiter for waiter in self._by_feed[feed_id] if versions[feed_id] > waiter[0]])

    def wake_all(self) -> None:
        for waiters in self._by_feed.values():
            _end(waiters)

    def _leave(self, feed_id: int, waiter: Waiter) -> None:
        waiters = self._by_feed[feed_id]
        waiters.discard(waiter)
        if not waiters:
            del self._by_feed[feed_id]


def _end(waiters: Iterable[Waiter]) -> None:
    for _, future in waiters:
        if not future.done():
            future.set_result(None)


class Relay:
    """One per process. `looks`, `frames`, `faults` count for the metrics.

    `lag`: seconds from noticing a commit up to its frame's publication.
    """

    def __init__(self, readers: Sequence[RowReader], publisher: Publisher) -> None:
        self._readers = readers
        self._publisher = publisher
        self._positions: dict[Line, int] = {}
        self._waiters = Waiters()
        self._bell = asyncio.Event()
        self._is_woken = False
        self._epoch = ""
        self._seen: int | None = None
        self._next_beat = 0.0
        self.is_stopping = False
        self.looks = self.frames = self.faults = 0
        self.lag = Histogram(SECONDS)
        self._noticed_at: float | None = None
        self.listener: Listener | None = None

    async def start(self) -> None:
        """Begin to relay on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._threads = DatabaseThreads("kenes-relay", count=1, most_waiting=8)
        self._commits = commits_of_default()
        self.listener = listener_of_database(self._wake)
        if self.listener is not None:
            self.listener.start()
        self._stop_waking = on_wake(self._wake)
        self._task = asyncio.create_task(self._supervise(), name="kenes-relay")

    @property
    def is_running(self) -> bool:
        return not self._task.done()

    def _wake(self) -> None:
        self._notice()
        self._loop.call_soon_threadsafe(self._ring)

    async def stop(self) -> None:
        """End the relay and all waits."""
        self.is_stopping = True
        self._stop_waking()
        self._task.cancel()
        await asyncio.wait([self._task])
        if self._commits is not None:
            self._commits.close()
        self._waiters.wake_all()
        if self.listener is not None:
            await asyncio.to_thread(self.listener.stop)
        await self._threads.stop()

    async def wait_beyond(self, feed_id: int, version: int, *, seconds: float) -> None:
        """Return when the feed is at another version than `version`, or after `seconds`."""
        self._ring()
        await self._waiters.wait(feed_id, version, seconds=seconds)

    async def _supervise(self) -> None:
        while True:
            try:
                await self._relay()
            except (OperationalError, InterfaceError) as error:
                log.warning("The relay waits for the database: %s", error)
                await self._begin_anew()
            except Exception:
                log.exception("The relay failed and begins anew.")
                await self._begin_anew()

    async def _begin_anew(self) -> None:
        self.faults += 1
        self._next_beat = 0.0
        await asyncio.sleep(PAUSE_AFTER_FAULT_SECONDS)

    async def _relay(self) -> None:
        while True:
            lines = self._followed()
            is_watched = bool(lines or self._waiters.feeds())
            if is_watched and self._is_worth_a_look(lines):
                self._is_woken = False
                await self._look(lines)
                await asyncio.sleep(TICK_SECONDS)
            else:
                self._is_woken = False
                await self._pause(self._poll_seconds() if is_watched else None)

    def _is_worth_a_look(self, lines: Mapping[Line, int | None]) -> bool:
        is_due = time.monotonic() >= self._next_beat or not lines.keys() <= self._positions.keys()
        if self._is_woken or is_due:
            return True
        has_sign = self._has_sign()
        if has_sign:
            self._notice()
        return has_sign

    async def _pause(self, seconds: float | None) -> None:
        """Wait until somebody rings, at most so long. A timer of its own costs a tenth of a timeout's."""
        self._bell.clear()
        timer = self._loop.call_later(seconds, self._bell.set) if seconds is not None else None
        try:
            await self._bell.wait()
        finally:
            if timer is not None:
                timer.cancel()

    def _ring(self) -> None:
        self._is_woken = True
        self._bell.set()

    def _has_sign(self) -> bool:
        """Say whether something was committed since the last look began; where nobody can tell, say yes."""
        count = self._commits.now() if self._commits is not None else None
        return count is None or count != self._seen

    def _poll_seconds(self) -> float:
        is_told = self.listener is not None and self.listener.is_listening
        return POLL_SECONDS_LISTENING if is_told else POLL_SECONDS

    def _followed(self) -> dict[Line, int | None]:
        followed = set(self._publisher.followed())
        for line in self._positions.keys() - followed:
            del self._positions[line]
        return {line: self._positions.get(line) for line in followed}

    def _notice(self) -> None:
        if self._noticed_at is None:
            self._noticed_at = time.monotonic()

    async def _look(self, lines: Mapping[Line, int | None]) -> None:
        self.looks += 1
        noticed_at, self._noticed_at = self._noticed_at, None
        self._seen = self._commits.now() if self._commits is not None else None
        is_beat = time.monotonic() >= self._next_beat
        reading = await self._threads.run(read_lines, self._readers, lines, list(self._waiters.feeds()))
        has_news = False
        for line, frame in reading.frames.items():
            is_news = self._is_news(line, reading)
            has_news = has_news or is_news
            if is_beat or is_news:
                self._publisher.publish(*line, frame)
                self.frames += 1
            self._positions[line] = reading.versions[line[0]]
        if has_news and noticed_at is not None:
            self.lag.add(time.monotonic() - noticed_at)
        self._waiters.wake(reading.versions)
        if reading.epoch != self._epoch:
            self._waiters.wake_all()
            self._epoch = reading.epoch
        if is_beat:
            self._next_beat = time.monotonic() + HEARTBEAT_SECONDS

    def _is_news(self, line: Line, reading: Reading) -> bool:
        return self._positions.get(line) != reading.versions[line[0]] or reading.epoch != self._epoch
