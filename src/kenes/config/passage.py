"""Each request's way through the site: its id, the client's address, its access line."""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from kenes.config.access_log import AccessLog, Line
from kenes.core.addresses import client_address
from kenes.live.contracts import Receive, Scope, Send
from kenes.live.door import Headers, Seen
from kenes.live.request_ids import HEADER, request_id, take_request_id

# The client left before there was an answer.
CLIENT_LEFT = 499
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Passage:
    """Wraps an ASGI application; writes one line for each HTTP request."""

    def __init__(self, app: Application, log: AccessLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        current = take_request_id(scope)
        if settings.BEHIND_PROXY:
            believe_proxy(scope)
        began = time.perf_counter()
        answer = _Answer(send, current.encode())
        try:
            await self._app(scope, receive, answer.send)
        finally:
            status = answer.status or (200 if scope.get("kenes.is_streamed") else CLIENT_LEFT)
            lasted = (time.perf_counter() - began) * 1000
            self._log.note(
                Line(time.time(), current, scope["method"], scope["path"], status, lasted, answer.body_bytes)
            )
            request_id.set("")


class _Answer:
    """What goes out, with the request's id added to its headers."""

    __slots__ = ("_id", "_send", "body_bytes", "status")

    def __init__(self, send: Send, current: bytes) -> None:
        self._send = send
        self._id = current
        self.status = 0
        self.body_bytes = 0

    def send(self, message: MutableMapping[str, Any]) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), (HEADER, self._id)]
        else:
            self.body_bytes += len(message.get("body", b""))
        return self._send(message)


def address_at_door(headers: Headers, peer: str) -> str:
    """Return the client's address of a request that is answered before the application."""
    return _told_address(headers, peer) if settings.BEHIND_PROXY else peer


def note_at_door(log: AccessLog, seen: Seen) -> None:
    """Note what was answered before the application."""
    milliseconds = seen.seconds * 1000
    log.note(Line(time.time(), seen.request_id, "GET", seen.path, 200, milliseconds, seen.body_bytes))


def believe_proxy(scope: Scope) -> None:
    """Put the address that our proxy tells in the place of the proxy's own."""
    peer = (scope.get("client") or ("", 0))[0]
    scope["client"] = (_told_address(scope["headers"], peer), 0)


def _told_address(headers: Headers, peer: str) -> str:
    hops = [value for name, value in headers if name == b"x-forwarded-for"]
    meta = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": b",".join(hops).decode("latin-1")}
    return client_address(meta, behind_proxy=True)
