"""Answers given at the door: what is public and has not changed needs no application.

An answer that says `Cache-Control: public, no-cache` may be kept by any cache that asks, each time,
whether it still holds. This is such a cache, inside the server's own protocol. It asks the database:
an answer holds while nothing at all was committed, by whomever, since before it was made. So no
request sees less than what was acknowledged before it. The public stream of a room that was once
entered through the application is entered here too.

Decision: docs/decisions/0008-answers-at-the-door.md.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kenes.core.errors import TooMany
from kenes.live.contracts import Receive, Room, Scope, Send
from kenes.live.limits import Limits
from kenes.live.request_ids import HEADER, new_request_id
from kenes.live.signs import Commits

Headers = Sequence[tuple[bytes, bytes]]
# Address with its query, host and scheme, encodings taken: all that an answer kept here may depend on.
Key = tuple[bytes, bytes, bytes]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_KEPT = 256
LARGEST_BYTES = 128 * 1024
# What is not in the database (a setting, the clock) may show in a page: no answer lives longer.
KEPT_SECONDS = 5.0
FOLLOWED = "kenes.followed"
# A request with any other header goes to the application.
PLAIN_HEADERS = frozenset(
    b"accept accept-encoding accept-language cache-control connection cookie dnt host last-event-id origin "
    b"pragma priority referer sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode "
    b"sec-fetch-site sec-fetch-user sec-gpc upgrade-insecure-requests user-agent x-forwarded-for "
    b"x-forwarded-host x-forwarded-proto x-real-ip".split()
)


class Visitor(Protocol):
    """A request as the server's protocol has it, before the application is asked."""

    url: bytes
    headers: list[tuple[bytes, bytes]]

    @property
    def peer(self) -> str: ...

    def send_answer(self, head: bytes, body: bytes) -> None:
        """Send a whole answer, all but its first line and the server's own headers."""

    def follow(self, room: Room, request_id: bytes) -> bool:
        """Become a follower of the room's public stream."""


@dataclass(frozen=True, slots=True)
class _Answer:
    head: bytes
    body: bytes
    commits: int
    until: float


@dataclass(slots=True)
class Seen:
    """One answer given here, for the access log."""

    request_id: str
    path: str
    body_bytes: int
    seconds: float


class Door:
    """`answered` counts for the metrics; `note` is told of each."""

    def __init__(
        self,
        limits: Limits,
        *,
        address_of: Callable[[Headers, str], str],
        note: Callable[[Seen], None],
    ) -> None:
        self._limits = limits
        self._address_of = address_of
        self._note = note
        self._commits: Commits | None = None
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._rooms: OrderedDict[Key, Room] = OrderedDict()
        self.answered = 0

    def open(self, commits: Commits | None) -> None:
        """Begin to keep answers, where commits can be counted."""
        self._commits = commits

    def close(self) -> None:
        if self._commits is not None:
            self._commits.close()
            self._commits = None
        self._answers.clear()
        self._rooms.clear()

    def answer(self, visitor: Visitor) -> bool:
        """Answer a plain GET, if that can be done here; never waits."""
        if not self._answers and not self._rooms:
            return False
        key = key_of(visitor.url, visitor.headers)
        if key is None:
            return False
        began = time.perf_counter()
        answer, room = self._current(key), self._rooms.get(key)
        if (answer is None and room is None) or self._is_over(visitor):
            return False
        request_id = new_request_id()
        if answer is not None:
            visitor.send_answer(answer.head % request_id.encode(), answer.body)
        elif room is None or not visitor.follow(room, request_id.encode()):
            return False
        self.answered += 1
        size = len(answer.body) if answer is not None else 0
        path = key[0].partition(b"?")[0].decode("latin-1")
        self._note(Seen(request_id, path, size, time.perf_counter() - began))
        return True

    def _current(self, key: Key) -> _Answer | None:
        found = self._answers.get(key)
        if found is None:
            return None
        if time.monotonic() < found.until and self._count() == found.commits:
            return found
        del self._answers[key]
        return None

    def _count(self) -> int | None:
        return self._commits.now() if self._commits is not None else None

    def _is_over(self, visitor: Visitor) -> bool:
        try:
            self._limits.of_address("read", self._address_of(visitor.headers, visitor.peer))
        except TooMany:
            return True
        return False

    async def watch(self, app: Application, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer; keep what it says to anybody."""
        key = _key_of_scope(scope)
        if key is None:
            await app(scope, receive, send)
            return
        commits = self._count()
        heard = _Heard(send)
        await app(scope, receive, heard.send)
        if FOLLOWED in scope:
            _put(self._rooms, key, scope[FOLLOWED])
        elif commits is not None and heard.is_for_anyone:
            head = heard.head()
            _put(self._answers, key, _Answer(head, heard.body, commits, time.monotonic() + KEPT_SECONDS))


def _put(kept: "OrderedDict[Key, Any]", key: Key, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def key_of(url: bytes, headers: Headers) -> Key | None:
    """Return what an answer may depend on, or None for a request that is not plain."""
    host = encoding = b""
    for name, value in headers:
        if name not in PLAIN_HEADERS:
            return None
        if name == b"host":
            host = value
        elif name == b"x-forwarded-proto":
            host += b" " + value
        elif name == b"accept-encoding":
            encoding += value
    return url, host, encoding


def _key_of_scope(scope: Scope) -> Key | None:
    path, query = scope.get("raw_path"), scope.get("query_string", b"")
    if scope["method"] != "GET" or path is None:
        return None
    return key_of(path + (b"?" + query if query else b""), scope["headers"])


class _Heard:
    """Passes an answer on, and keeps it if it is small, whole and for anyone."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._headers: Headers = ()
        self._is_public = False
        self._is_whole = False
        self.body = b""

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._headers = message.get("headers", ())
            self._is_public = message["status"] == 200 and _says_public(self._headers)
        elif self._is_public:
            self.body += message.get("body", b"")
            self._is_public = len(self.body) <= LARGEST_BYTES
            self._is_whole = not message.get("more_body", False)
        await self._send(message)

    @property
    def is_for_anyone(self) -> bool:
        return self._is_public and self._is_whole

    def head(self) -> bytes:
        """Return the headers, with a place for the request's id."""
        lines = [b"%b: %b\r\n" % (name, value) for name, value in self._headers if name != HEADER]
        return b"".join(lines).replace(b"%", b"%%") + HEADER + b": %b\r\n\r\n"


def _says_public(headers: Headers) -> bool:
    said = dict(headers)
    return (
        said.get(b"cache-control") == b"public, no-cache"
        and said.get(b"vary", b"").lower() in {b"", b"accept-encoding"}
        and b"set-cookie" not in said
        and b"content-length" in said
    )
