"""The seam to uvicorn: a connection leaves the server and becomes the hub's.

uvicorn's public `http=` takes `HandoverProtocol`; through the ASGI scope of a request for a stream
the hub then gets the connection's transport. What we rely on of uvicorn's inside is held by
tests/live/test_handover.py: it fails when the seam moves.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any, cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

EXTENSION = "kenes.handover"
STREAM_SUFFIX = "/events"
# A follower whose unsent bytes pass this is dropped: it comes back and resumes.
WRITE_BUFFER_BYTES = 64 * 1024


class HandoverProtocol(HttpToolsProtocol):
    """uvicorn's protocol, offering the connection of a request for a stream to the application."""

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        scope = cast("dict[str, Any]", self.scope)
        if scope.get("path", "").endswith(STREAM_SUFFIX) and self.cycle is not None:
            scope["extensions"] = {EXTENSION: Handover(self, self.cycle)}


class Handover:
    """A connection that may be taken over, once, before anything was sent on this request."""

    __slots__ = ("_cycle", "_protocol")

    def __init__(self, protocol: HandoverProtocol, cycle: RequestResponseCycle) -> None:
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
        if cycle.disconnected or cycle.response_started or transport.is_closing():
            return None
        if protocol.flow.write_paused:  # the transport would never tell the successor that it is full
            transport.abort()
            return None
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        protocol.flow.resume_reading()
        self._leave_server()
        transport.set_protocol(successor)
        transport.set_write_buffer_limits(high=WRITE_BUFFER_BYTES)
        return transport

    def _leave_server(self) -> None:
        """Leave the server's set of connections and undo the ties that would keep the old protocol alive."""
        protocol = self._protocol
        protocol.connections.discard(protocol)
        protocol.server_state.total_requests += 1
        protocol.pipeline.clear()
        protocol.parser = cast("httptools.HttpRequestParser", None)
        protocol.cycle = cast("RequestResponseCycle", None)


def find_handover(scope: MutableMapping[str, Any]) -> Handover | None:
    """Return the scope's handover, taking it out; None under another server."""
    extensions = scope.get("extensions") or {}
    return cast("Handover | None", extensions.pop(EXTENSION, None))
