"""Reads of a room: snapshot, pages, changes with waiting, one's own. None on the loop, none per person."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kenes.core.errors import Forbidden
from kenes.live.contracts import Claim, Json, Room, RoomReader, RowReader, Stream
from kenes.live.flights import Flights
from kenes.live.frames import SNAPSHOT, changes_since, frame_of, one_snapshot, read_state
from kenes.live.relay import Relay
from kenes.live.responses import Encoded, encoded, zipped
from kenes.live.threads import DatabaseThreads

T = TypeVar("T")

# Who is further behind takes the snapshot (so does one for whom more than MOST_CHANGES rows changed).
FARTHEST_BEHIND = 10_000
LONGEST_WAIT_SECONDS = 25
SNAPSHOTS_KEPT = 64
ROOMS_KEPT = 1_000
FILLS_KEPT, FILL_BYTES_KEPT = 512, 8 * 1024 * 1024
READING_THREADS = 2
MOST_WAITING = 2_000


@dataclass(frozen=True, slots=True)
class State:
    """What a consistent snapshot was taken at."""

    epoch: str
    version: int

    def etag(self, kind: str) -> str:
        return f'W/"{self.epoch}.{self.version}.{kind}"'


@dataclass(frozen=True, slots=True)
class Fill:
    """The answer to `changes`: a frame or a snapshot; `is_news` unless it is the empty frame."""

    document: Encoded
    is_news: bool
    is_snapshot: bool = False

    @property
    def weight(self) -> int:
        """Its bytes in memory."""
        return len(self.document.plain) + len(self.document.zipped or b"")


# Feed, stream, the version it begins at, and the state it ends at.
Gap = tuple[int, Stream, int | None, State]


class Kept:
    """Encoded snapshots, the latest of each line; the longest unused are dropped."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, Stream], Encoded] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, line: tuple[int, Stream], etag: str) -> Encoded | None:
        with self._guard:
            found = self._kept.get(line)
            if found is None or found.etag != etag:
                return None
            self._kept.move_to_end(line)
            return found

    def put(self, line: tuple[int, Stream], document: Encoded) -> None:
        with self._guard:
            self._kept[line] = document
            self._kept.move_to_end(line)
            while len(self._kept) > SNAPSHOTS_KEPT:
                self._kept.popitem(last=False)


class KeptFills:
    """The frames that filled gaps, by where they begin and end; bounded in number and in bytes.

    After a break many people come back from the same few versions: each frame is read once.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Gap, Fill] = OrderedDict()
        self._bytes = 0
        self._guard = threading.Lock()

    def get(self, gap: Gap) -> Fill | None:
        with self._guard:
            return self._kept.get(gap)

    def put(self, gap: Gap, fill: Fill) -> None:
        """Keep it; the oldest make room."""
        with self._guard:
            before = self._kept.pop(gap, None)
            self._bytes += fill.weight - (before.weight if before else 0)
            self._kept[gap] = fill
            while len(self._kept) > FILLS_KEPT or self._bytes > FILL_BYTES_KEPT:
                self._bytes -= self._kept.popitem(last=False)[1].weight


class Reads:
    """Reads rooms in threads of its own.

    For the metrics count `snapshots_built` and `fills_built`, and of `changes` since a version
    `filled_by_changes` and `filled_by_snapshot`.
    """

    def __init__(self, readers: Sequence[RowReader], room_reader: RoomReader, relay: Relay) -> None:
        self._readers = readers
        self._room_reader = room_reader
        self._relay = relay
        self._threads = DatabaseThreads("kenes-read", count=READING_THREADS, most_waiting=MOST_WAITING)
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._epoch = ""
        self._kept = Kept()
        self._kept_fills = KeptFills()
        self._documents: Flights[Encoded] = Flights()
        self._fills: Flights[Fill] = Flights()
        self.snapshots_built = self.fills_built = self.filled_by_changes = self.filled_by_snapshot = 0

    async def stop(self) -> None:
        await self._threads.stop()

    async def find(self, code: str) -> Room | None:
        """Return the room of the code. A code is never reused and keeps its feed, so it is remembered."""
        known = self._rooms.get(code)
        if known is None:
            known = await self._threads.run(self._find, code)
            if known is not None:
                self._rooms[code] = known
                if len(self._rooms) > ROOMS_KEPT:
                    self._rooms.popitem(last=False)
        return known

    async def snapshot(self, room: Room, stream: Stream) -> Encoded:
        """Return the room's snapshot, built once per version and stream."""
        return await self._documents.join(
            (room.feed_id, stream), lambda: self._threads.run(self._read_snapshot, room, stream)
        )

    async def questions(self, room: Room, stream: Stream, *, order: str, after: str) -> Encoded:
        """Return a page of an order; raises `InvalidInput` for an order or cursor that is none."""
        return await self._documents.join(
            (room.feed_id, stream, order, after),
            lambda: self._threads.run(self._read_questions, room, stream, order, after),
        )

    async def changes(self, room: Room, stream: Stream, *, since: int | None, wait: int) -> Encoded:
        """Return a frame from `since`, or a snapshot; where nothing changed, only after `wait` seconds."""
        deadline = time.monotonic() + min(wait, LONGEST_WAIT_SECONDS)
        fill = await self._fill(room, stream, since)
        while not fill.is_news and since is not None and (left := deadline - time.monotonic()) > 0:
            await self._relay.wait_beyond(room.feed_id, since, seconds=left)
            if self._relay.is_stopping:
                break
            fill = await self._fill(room, stream, since)
        if fill.is_snapshot:
            self.filled_by_snapshot += 1
        else:
            self.filled_by_changes += 1
        return fill.document

    async def run(self, function: Callable[[], T]) -> T:
        """Run a small read of the caller's in one of the threads."""
        return await self._threads.run(function)

    @property
    def waiting(self) -> int:
        """How many reads wait for a thread or are under way."""
        return self._threads.waiting

    async def own(self, room: Room, claim: Claim) -> Json:
        """Return what is the participant's own."""
        return await self._threads.run(self._read_own, room, claim)

    async def may_follow(self, room: Room, stream: Stream, *, session_key: str) -> bool:
        """Say whether the session may follow the stream; anybody may follow the public one."""
        if stream is Stream.PUBLIC:
            return True
        return bool(session_key) and await self._threads.run(self._may_follow, room, stream, session_key)

    async def _fill(self, room: Room, stream: Stream, since: int | None) -> Fill:
        return await self._fills.join(
            (room.feed_id, stream, since), lambda: self._threads.run(self._read_fill, room, stream, since)
        )

    def _find(self, code: str) -> Room | None:
        return self._room_reader.find(code, using=SNAPSHOT)

    def _read_own(self, room: Room, claim: Claim) -> Json:
        with one_snapshot() as using:
            return self._room_reader.own(room, claim, using=using)

    def _may_follow(self, room: Room, stream: Stream, session_key: str) -> bool:
        with one_snapshot() as using:
            return self._room_reader.may_follow(room, stream=stream, session_key=session_key, using=using)

    def _read_questions(self, room: Room, stream: Stream, order: str, after: str) -> Encoded:
        with one_snapshot() as using:
            state = self._state_of(room, using)
            page = self._room_reader.questions(room, order=order, after=after, stream=stream, using=using)
        document = {"v": 1, "epoch": state.epoch, "version": state.version, "order": order, **page}
        return encoded(document, etag=state.etag(stream))

    def _read_snapshot(self, room: Room, stream: Stream) -> Encoded:
        with one_snapshot() as using:
            return self._build_snapshot(room, stream, self._state_of(room, using))

    def _build_snapshot(self, room: Room, stream: Stream, state: State) -> Encoded:
        line, etag = (room.feed_id, stream), state.etag(stream)
        kept = self._kept.get(line, etag)
        if kept is not None:
            return kept
        shown = self._room_reader.snapshot(room, stream=stream, using=SNAPSHOT)
        built = encoded({"v": 1, "epoch": state.epoch, "version": state.version, **shown}, etag=etag)
        self._kept.put(line, built)
        self.snapshots_built += 1
        return built

    def _read_fill(self, room: Room, stream: Stream, since: int | None) -> Fill:
        with one_snapshot() as using:
            state = self._state_of(room, using)
            fill = self._kept_fills.get((room.feed_id, stream, since, state))
            if fill is not None:
                return fill
            changes = None
            if since is not None and 0 <= state.version - since <= FARTHEST_BEHIND:
                changes = changes_since(self._readers, room.feed_id, since=since, stream=stream, using=using)
            if since is None or changes is None:
                return Fill(self._build_snapshot(room, stream, state), is_news=True, is_snapshot=True)
        fill = Fill(zipped(frame_of(state.epoch, since, state.version, changes)), since != state.version)
        self._kept_fills.put((room.feed_id, stream, since, state), fill)
        self.fills_built += 1
        return fill

    def _state_of(self, room: Room, using: str) -> State:
        """Return what the snapshot is taken at; raises `Forbidden` for a room that a restore took away."""
        epoch, versions = read_state([room.feed_id], using=using)
        if epoch != self._epoch:
            self._epoch = epoch
            self._rooms = OrderedDict()
        version = versions.get(room.feed_id)
        if version is None:
            raise Forbidden
        return State(epoch, version)
