"""Answers of the lean path: bytes, a few headers, and what every answer carries."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field

from kenes.live.contracts import Json, Send
from kenes.live.frames import encode

Header = tuple[str, str]

JSON_TYPE = "application/json; charset=utf-8"
PRIVATE = "private, no-store"
ON_ALL: Sequence[Header] = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
)
FOR_ANYONE: Sequence[Header] = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Retry-After"),
    ("cross-origin-resource-policy", "cross-origin"),
)
LEAST_ZIPPED = 1_400


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document as bytes, zipped once where that is worth it, with the tag that names it."""

    plain: bytes
    zipped: bytes | None = None
    etag: str | None = None


def encoded(document: Json, *, etag: str | None = None) -> Encoded:
    """Return the document encoded."""
    return zipped(encode(document), etag=etag)


def zipped(plain: bytes, *, etag: str | None = None) -> Encoded:
    """Return bytes with their zipped form, where they are long enough to gain by it."""
    small = gzip.compress(plain, compresslevel=6, mtime=0) if len(plain) >= LEAST_ZIPPED else None
    return Encoded(plain, small, etag)


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer, ready to be sent."""

    status: int
    body: bytes = b""
    headers: Sequence[Header] = field(default_factory=tuple)
    content_type: str = JSON_TYPE

    async def send(self, send: Send, *, without_body: bool = False) -> None:
        """Send it; for HEAD the body's length without the body."""
        headers = [*ON_ALL, *self.headers]
        if self.status not in {204, 304}:
            headers += [("content-type", self.content_type), ("content-length", str(len(self.body)))]
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": self.status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if without_body else self.body})


def private(document: Json, *, status: int = 200, headers: Sequence[Header] = ()) -> Response:
    """Return an answer for one person only."""
    return Response(status, encode(document), (("cache-control", PRIVATE), *headers))
