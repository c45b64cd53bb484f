"""The seam to uvicorn: a connection leaves the server and becomes the hub's.

uvicorn's public `http=` takes `HandoverProtocol`; through the ASGI scope of a request for a stream
the hub then gets the connection's transport. What we rely on of uvicorn's inside is held by
tests/live/test_handover.py: it fails when the seam moves.
"""

import asyncio
import socket
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

import httptools
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kenes.live.contracts import Room

if TYPE_CHECKING:
    from kenes.live.door import Door
    from kenes.live.hub import StreamHub

EXTENSION = "kenes.handover"
STREAM_SUFFIX = "/events"
# A follower whose unsent bytes pass this is dropped: it comes back and resumes.
WRITE_BUFFER_BYTES = 64 * 1024
# What the system keeps of it besides (it takes twice the number): left alone it grows to megabytes.
KERNEL_BUFFER_BYTES = 64 * 1024
_CONTINUE = b"HTTP/1.1 100 "


class HandoverProtocol(HttpToolsProtocol):
    """uvicorn's protocol, offering the connection of a request for a stream to the application.

    A subclass with a `door` lets it answer plain requests first.
    """

    door: ClassVar["Door | None"] = None
    hub: ClassVar["StreamHub | None"] = None
    _is_answered = False

    @property
    def peer(self) -> str:
        return self.client[0] if self.client else ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin as the server does; only that asks a copy of the socket for what the transport knows."""
        self.connections.add(self)
        self.transport = transport
        self.flow = FlowControl(transport)
        self.server = _host_and_port(transport.get_extra_info("sockname"))
        self.client = _host_and_port(transport.get_extra_info("peername"))
        self.scheme = "https" if transport.get_extra_info("sslcontext") else "http"

    def on_message_begin(self) -> None:
        self._is_answered = False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        if self._has_left():  # what is pipelined behind a stream is dropped
            return
        if self.door is not None and self._is_plain_get() and self.door.answer(self):
            self._is_answered = True
            return
        super().on_headers_complete()
        scope = cast("dict[str, Any]", self.scope)
        if self.cycle is not None and scope["method"] != "HEAD":
            self.cycle.transport = cast("asyncio.Transport", JoinedWrites(self.transport))
        if scope.get("path", "").endswith(STREAM_SUFFIX) and self.cycle is not None:
            scope["extensions"] = {EXTENSION: Handover(self, self.cycle)}

    def on_body(self, body: bytes) -> None:
        if not (self._is_answered or self._has_left()):
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not (self._is_answered or self._has_left()):
            super().on_message_complete()

    def _has_left(self) -> bool:
        return cast("object", self.parser) is None

    def _is_plain_get(self) -> bool:
        """Whether it may be answered at once: nothing is under way or unsent, nothing more is to come."""
        parser = self.parser
        return (
            parser.get_method() == b"GET"
            and parser.get_http_version() == "1.1"
            and (self.cycle is None or self.cycle.response_complete)
            and not (self.pipeline or self.flow.write_paused or self.transport.is_closing())
            and not parser.should_upgrade()
            and parser.should_keep_alive()
        )

    def send_answer(self, head: bytes, body: bytes) -> None:
        """Send a whole 200, all but its first line and the server's own headers."""
        own = b"".join(b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        self.transport.write(b"HTTP/1.1 200 OK\r\n" + own + head + body)
        self.on_response_complete()

    def follow(self, room: Room, request_id: bytes) -> bool:
        """Become a follower of the room's public stream."""
        return self.hub is not None and self.hub.take_at_once(Handover(self, None), room, request_id)


class JoinedWrites:
    """A request's transport that keeps the head of an answer until its first bytes come: one write for both.

    The server writes them apart, and then each short answer is two packets and two calls of the system.
    """

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head: bytes | None = None

    def write(self, data: bytes) -> None:
        if self._head is not None:
            data, self._head = self._head + data, b""
        elif not data.startswith(_CONTINUE):
            self._head = data
            return
        self._transport.write(data)

    def close(self) -> None:
        if self._head:
            self.write(b"")
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()


class Handover:
    """A connection that may be taken over, once, before anything was sent on this request."""

    __slots__ = ("_cycle", "_protocol")

    def __init__(self, protocol: HandoverProtocol, cycle: RequestResponseCycle | None) -> None:
        self._protocol = protocol
        self._cycle = cycle

    @property
    def server_headers(self) -> list[tuple[bytes, bytes]]:
        """The headers the server itself puts on every response (date)."""
        return self._protocol.server_state.default_headers

    def take(self, successor: asyncio.Protocol) -> asyncio.Transport | None:
        """Give the connection to `successor`; None where the client has gone or is too slow already.

        The server counts the request as answered, forgets the connection, and drops requests that
        the client pipelined behind an answer that has no end.
        """
        protocol, cycle = self._protocol, self._cycle
        transport = protocol.transport
        if transport.is_closing() or (cycle is not None and (cycle.disconnected or cycle.response_started)):
            return None
        if protocol.flow.write_paused:  # the transport would never tell the successor that it is full
            transport.abort()
            return None
        if cycle is not None:
            cycle.response_started = cycle.response_complete = True
            cycle.message_event.set()
        protocol.flow.resume_reading()
        self._leave_server()
        transport.set_protocol(successor)
        transport.set_write_buffer_limits(high=WRITE_BUFFER_BYTES)
        _keep_little(transport.get_extra_info("socket"))
        return transport

    def _leave_server(self) -> None:
        """Leave the server's set of connections and undo the ties that would keep the old protocol alive."""
        protocol = self._protocol
        protocol.connections.discard(protocol)
        protocol.server_state.total_requests += 1
        protocol.pipeline.clear()
        protocol.parser = cast("httptools.HttpRequestParser", None)
        protocol.cycle = cast("RequestResponseCycle", None)


def _host_and_port(address: tuple[str, int] | tuple[str, int, int, int] | None) -> tuple[str, int] | None:
    return address[:2] if address else None


def _keep_little(shown: socket.socket) -> None:
    """Bound what the system keeps of unsent bytes; the loop's own view of a socket would copy it for that."""
    own = socket.socket(shown.family, shown.type, shown.proto, fileno=shown.fileno())
    try:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER_BYTES)
    finally:
        own.detach()


def find_handover(scope: MutableMapping[str, Any]) -> Handover | None:
    """Return the scope's handover, taking it out; None under another server."""
    extensions = scope.get("extensions") or {}
    return cast("Handover | None", extensions.pop(EXTENSION, None))
