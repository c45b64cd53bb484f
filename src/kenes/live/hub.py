"""The hub: writes one frame's bytes to every follower of a stream, and never waits for any of them.

Under `kenes serve` a follower is a bare transport (see `handover`); under another ASGI server it is
a bounded queue with a task. It counts connections, not people: two tabs are two, a class before
one projector is one; so the number is rounded before anybody sees it.
"""

import asyncio
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import lru_cache

from kenes.live.contracts import Receive, Room, Scope, Send, Stream
from kenes.live.followers import Channel, Follower, PlainFollower, Tally
from kenes.live.handover import Handover, find_handover
from kenes.live.request_ids import HEADER, request_id
from kenes.live.wake import wake_relay

logger = logging.getLogger(__name__)

RECHECK_SECONDS = 15.0
# A browser that lost its stream comes back after its own number of milliseconds.
RETRY_MS = (1500, 4500)
# Who comes just after the last one left still gets the last frame: the relay may not have noticed.
KEPT_SECONDS = 10.0
# On a stop all come back at once: spread them over as many seconds as their number asks for,
# so that 10,000 are back within 15 s, each with what it missed.
STOP_RETRY_MS_LEAST = 3000
STOP_RETRY_MS_PER_FOLLOWER = 0.6

_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
_PUBLIC_HEAD = (*_HEADERS, (b"access-control-allow-origin", b"*"))


class StreamHub:
    """All followers of this process, by feed and stream. Lives on one event loop."""

    def __init__(self) -> None:
        self._channels: dict[tuple[int, Stream], Channel] = {}
        self._recheck: asyncio.Task[None] | None = None
        self._is_closed = False
        # The id of an event is opaque to clients: which run of the server, and its place in it.
        self._run = secrets.token_hex(3)
        self._events = 0
        self.tally = Tally()

    def start(self) -> None:
        """Begin to watch the rights of private streams; called on the loop."""
        self._is_closed = False
        self._recheck = asyncio.get_running_loop().create_task(self._recheck_rights(), name="hub")

    async def take_over(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        room: Room,
        stream: Stream,
        *,
        still_may: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        """Answer an authorised request for a stream: at once under our server, else when it ends."""
        head = _head_for(stream)
        if scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": list(head)})
            await send({"type": "http.response.body"})
            return
        channel = self._open_channel(room.feed_id, stream)
        handover = find_handover(scope)
        if handover is None:
            plain = PlainFollower(channel, still_may)
            self._welcome(channel, plain, plain.write)
            await plain.run(receive, send, headers=list(head))
            return
        scope["kenes.is_streamed"] = self._take(
            handover, channel, head, request_id.get().encode(), still_may=still_may
        )

    def take_at_once(self, handover: Handover, room: Room, request_id: bytes) -> bool:
        """Let a connection follow the room's public stream, which is open to anybody."""
        channel = self._open_channel(room.feed_id, Stream.PUBLIC)
        return self._take(handover, channel, _PUBLIC_HEAD, request_id)

    def _take(
        self,
        handover: Handover,
        channel: Channel,
        head: Sequence[tuple[bytes, bytes]],
        request_id: bytes,
        *,
        still_may: Callable[[], Awaitable[bool]] | None = None,
    ) -> bool:
        follower = Follower(channel, still_may)
        transport = handover.take(follower)
        if transport is None:
            self._close_if_empty(channel)
            return False
        follower.transport = transport
        lines = _lines_of((*handover.server_headers, *head))
        named = b"%b: %b\r\n" % (HEADER, request_id) if request_id else b""
        head_bytes = b"HTTP/1.1 200 OK\r\n%b%bconnection: close\r\n\r\n" % (lines, named)
        self._welcome(channel, follower, transport.write, head=head_bytes)
        return True

    def publish(self, feed_id: int, stream: Stream, frame: bytes) -> None:
        """Write a frame (JSON in one line) to every follower of the stream; on the loop only."""
        channel = self._channels.get((feed_id, stream))
        if channel is None:
            return
        self._events += 1
        channel.send(b"id: %b.%d\ndata: %b\n\n" % (self._run.encode(), self._events, frame))

    def followed(self) -> Collection[tuple[int, Stream]]:
        """Return the (feed id, stream) pairs that somebody follows now."""
        return [key for key, channel in self._channels.items() if channel.followers]

    def present(self) -> Mapping[int, int]:
        """Return by feed id how many connections follow the public stream."""
        return {
            feed_id: len(channel.followers)
            for (feed_id, stream), channel in self._channels.items()
            if stream is Stream.PUBLIC and channel.followers
        }

    def connections(self) -> Mapping[Stream, int]:
        """Return by stream how many connections follow it now, in all rooms."""
        counts = dict.fromkeys(Stream, 0)
        for (_, stream), channel in self._channels.items():
            counts[stream] += len(channel.followers)
        return counts

    def close(self) -> None:
        """End every stream, each with a time of its own to come back; new ones end at once."""
        self._is_closed = True
        if self._recheck is not None:
            self._recheck.cancel()
            self._recheck = None
        followers = [one for channel in self._channels.values() for one in channel.followers]
        most = STOP_RETRY_MS_LEAST + int(STOP_RETRY_MS_PER_FOLLOWER * len(followers))
        for follower in followers:
            follower.finish(_retry(500, most))

    def _open_channel(self, feed_id: int, stream: Stream) -> Channel:
        key = (feed_id, stream)
        channel = self._channels.get(key)
        if channel is None:
            channel = self._channels[key] = Channel(key, self._close_later, self.tally)
        return channel

    def _welcome(
        self,
        channel: Channel,
        follower: Follower | PlainFollower,
        write: Callable[[bytes], None],
        *,
        head: bytes = b"",
    ) -> None:
        is_first = not channel.followers
        channel.followers[follower] = write
        self.tally.opened += 1
        write(head + _retry(*RETRY_MS) + channel.last)
        if self._is_closed:
            follower.finish(_retry(500, STOP_RETRY_MS_LEAST))
        elif is_first:
            wake_relay()

    def _close_later(self, channel: Channel) -> None:
        if not self._is_closed:
            asyncio.get_running_loop().call_later(KEPT_SECONDS, self._close_if_empty, channel)

    def _close_if_empty(self, channel: Channel) -> None:
        if not channel.followers and self._channels.get(channel.key) is channel:
            del self._channels[channel.key]

    async def _recheck_rights(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            for channel in list(self._channels.values()):
                for follower in tuple(channel.followers):
                    if follower.still_may and not await _is_allowed(follower.still_may):
                        follower.finish(b"")


async def _is_allowed(still_may: Callable[[], Awaitable[bool]]) -> bool:
    """Ask; a question that fails is answered no: the follower comes back and is asked at the door."""
    try:
        return await still_may()
    except Exception:
        logger.exception("The right to follow a private stream could not be checked")
        return False


def _head_for(stream: Stream) -> tuple[tuple[bytes, bytes], ...]:
    """Return the response's headers; only the public stream may be read from other sites."""
    if stream is Stream.PUBLIC:
        return _PUBLIC_HEAD
    return (*_HEADERS, (b"cross-origin-resource-policy", b"same-origin"))


@lru_cache(maxsize=4)  # they change with the date, once a second
def _lines_of(headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    return b"".join([b"%b: %b\r\n" % header for header in headers])


def _retry(least_ms: int, most_ms: int) -> bytes:
    # No block of its own: some clients make an empty event of a block that holds only this.
    return b"retry: %d\n" % random.randint(least_ms, most_ms)  # noqa: S311
