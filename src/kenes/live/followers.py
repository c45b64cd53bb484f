"""A stream's followers: a bare transport each under our server, a bounded queue each under another."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from kenes.live.contracts import Receive, Send, Stream
from kenes.live.frames import encode

StillMay = Callable[[], Awaitable[bool]] | None

# What a client may still send on its stream (pipelined requests) before it is taken for an attack.
STRAY_BYTES = 16 * 1024
QUEUED_FRAMES = 64


@dataclass(slots=True)
class Tally:
    """What the hub counts for the metrics: streams opened, dropped for slowness, events and bytes written."""

    opened: int = 0
    dropped: int = 0
    events: int = 0
    written_bytes: int = 0


class Channel:
    """One stream of one feed: its followers and the last event they were sent."""

    __slots__ = ("_on_empty", "followers", "key", "last", "tally")

    def __init__(
        self, key: tuple[int, Stream], on_empty: Callable[["Channel"], None], tally: Tally | None = None
    ) -> None:
        self.key = key
        self.tally = tally or Tally()
        self.last = b""
        # Each with what writes to it: a frame for thousands asks nothing else of any.
        self.followers: dict[Follower | PlainFollower, Callable[[bytes], None]] = {}
        self._on_empty = on_empty

    def leave(self, follower: "Follower | PlainFollower") -> None:
        """Forget a follower; safe to repeat."""
        if self.followers.pop(follower, None) is not None and not self.followers:
            self.last = _without_changes(self.last)
            self._on_empty(self)

    def send(self, event: bytes) -> None:
        """Write an event to every follower, and keep it for those who come next."""
        self.last = event
        self.tally.events += len(self.followers)
        self.tally.written_bytes += len(self.followers) * len(event)
        for write in tuple(self.followers.values()):
            write(event)


def _without_changes(event: bytes) -> bytes:
    """Return the heartbeat at the version an event led to.

    While nobody follows nobody looks at the database: the rows of the last event may be read no more.
    """
    head, mark, data = event.partition(b"data: ")
    if not data:
        return event
    frame = json.loads(data)
    return b"%b%b%b\n\n" % (head, mark, encode({**frame, "from": frame["to"], "changes": []}))


class Follower(asyncio.Protocol):
    """A connection that only listens. What it sends is not read as requests any more."""

    __slots__ = ("_channel", "_stray", "still_may", "transport")

    def __init__(self, channel: Channel, still_may: StillMay) -> None:
        self._channel = channel
        self._stray = 0
        self.still_may = still_may
        self.transport: asyncio.Transport

    def finish(self, data: bytes) -> None:
        """Send the last bytes and end the stream."""
        self._channel.leave(self)
        if data:
            self.transport.write(data)
        self.transport.close()

    def pause_writing(self) -> None:
        """The unsent bytes passed the limit: drop it, it comes back and resumes."""
        self._channel.tally.dropped += 1
        self._channel.leave(self)
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        self._stray += len(data)
        if self._stray > STRAY_BYTES:
            self.transport.abort()

    def eof_received(self) -> bool:
        """A client that closed its half has gone: there is no telling it from one that still reads."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._channel.leave(self)


class PlainFollower:
    """A follower under a server that keeps the connection: frames wait in a bounded queue."""

    def __init__(self, channel: Channel, still_may: StillMay) -> None:
        self._channel = channel
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(QUEUED_FRAMES)
        self._end = asyncio.Event()
        self._last = b""
        self.still_may = still_may

    def write(self, data: bytes) -> None:
        try:
            self._queue.put_nowait(data)
        except asyncio.QueueFull:
            if not self._end.is_set():
                self._channel.tally.dropped += 1
            self._end.set()

    def finish(self, data: bytes) -> None:
        self._channel.leave(self)
        self._last = data
        self._end.set()

    async def run(self, receive: Receive, send: Send, *, headers: list[tuple[bytes, bytes]]) -> None:
        """Send frames until the client leaves, is too slow, or the stream is ended."""
        tasks = [
            asyncio.ensure_future(part)
            for part in (self._send_frames(send, headers), _until_gone(receive), self._end.wait())
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._channel.leave(self)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._end.is_set():
            # A client so slow that even its end cannot be sent is left to the server's own limits.
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await send({"type": "http.response.body", "body": self._last, "more_body": False})

    async def _send_frames(self, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        while True:
            frame = await self._queue.get()
            await send({"type": "http.response.body", "body": frame, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
