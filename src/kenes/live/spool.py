"""Takes a request's whole body before anything is done with it, within limits of size and time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from kenes.core.errors import Unavailable
from kenes.live.contracts import Receive, Scope
from kenes.live.errors import SlowBody, TooLarge

MEMORY_BYTES = 64 * 1024
IDLE_SECONDS = 20.0
TOTAL_SECONDS = 900.0
# How many bodies may be under way: the large ones hold a temporary file each.
SMALL_BODIES = 512
LARGE_BODIES = 32
# A sender who is refused in the middle of sending does not read the answer: hear him out for a while.
HEARD_OUT_SECONDS = 10.0
HEARD_OUT_BYTES = 256 * 1024 * 1024


class ClientGone(Exception):
    """The client left before its request was complete."""


class Spool:
    """The bodies under way. `limit` is the largest body taken, in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._small = 0
        self._large = 0

    async def take(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        """Return the body, rewound, and its length.

        Raises: TooLarge, SlowBody, Unavailable (too many at once), ClientGone.
        """
        declared = _declared_length(scope)
        parts = _parts(receive)
        if declared is not None and declared > self._limit:
            await _hear_out(scope, parts)
            raise TooLarge
        is_large = declared is None or declared > MEMORY_BYTES
        self._enter(is_large=is_large)
        body = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 (the caller closes it)
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                await self._fill(body, parts)
        except BaseException as error:
            body.close()
            if isinstance(error, TimeoutError):
                raise SlowBody from None
            if isinstance(error, TooLarge):
                await _hear_out(scope, parts)
            raise
        finally:
            self._leave(is_large=is_large)
        length = body.tell()
        body.seek(0)
        return cast("IO[bytes]", body), length

    def _enter(self, *, is_large: bool) -> None:
        if (self._large >= LARGE_BODIES) if is_large else (self._small >= SMALL_BODIES):
            raise Unavailable
        if is_large:
            self._large += 1
        else:
            self._small += 1

    def _leave(self, *, is_large: bool) -> None:
        if is_large:
            self._large -= 1
        else:
            self._small -= 1

    async def _fill(self, body: "SpooledTemporaryFile[bytes]", parts: AsyncIterator[bytes]) -> None:
        async for part in parts:
            if body.tell() + len(part) > self._limit:
                raise TooLarge
            body.write(part)


async def _hear_out(scope: Scope, parts: AsyncIterator[bytes]) -> None:
    """Read on without keeping anything; not where the sender waits for leave to begin."""
    if any(name == b"expect" for name, _ in scope["headers"]):
        return
    heard = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(HEARD_OUT_SECONDS):
            async for part in parts:
                heard += len(part)
                if heard > HEARD_OUT_BYTES:
                    return


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    """Yield the parts of the body; raises `ClientGone`, and `TimeoutError` where nothing comes for long."""
    more = True
    while more:
        async with asyncio.timeout(IDLE_SECONDS):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        more = message.get("more_body", False)
        yield message.get("body", b"")


def _declared_length(scope: Scope) -> int | None:
    """Return the length the headers declare: 0 where there is no body, None where it is chunked."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    declared = headers.get(b"content-length", b"0")
    return int(declared) if declared.isdigit() else None
