"""A real uvicorn on a free port of the running loop, with our protocol or its own."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn
import uvloop

from kenes.live.contracts import Room, Stream
from kenes.live.handover import HandoverProtocol
from kenes.live.hub import StreamHub
from kenes.live.wake import on_wake

ROOM = Room("AKM-2", 7)


class Served:
    """A hub behind a server; `/events` is public, `/desk/events` private, all else is short."""

    def __init__(self) -> None:
        self.hub = StreamHub()
        self.is_allowed = True
        self.wakes = 0
        self.last_scope: Any = None
        self.server: uvicorn.Server
        self.port = 0

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.last_scope = scope
        if scope["path"] == "/events":
            await self.hub.take_over(scope, receive, send, ROOM, Stream.PUBLIC)
        elif scope["path"] == "/desk/events":
            await self.hub.take_over(scope, receive, send, ROOM, Stream.DESK, still_may=self.still_may)
        else:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            await send({"type": "http.response.body", "body": b"ok"})

    async def still_may(self) -> bool:
        return self.is_allowed

    def wake(self) -> None:
        self.wakes += 1

    def publish(self, number: int, stream: Stream = Stream.PUBLIC, filling: str = "") -> None:
        frame = {"v": 1, "from": number - 1, "to": number, "changes": [], "filling": filling}
        self.hub.publish(7, stream, json.dumps(frame).encode())

    async def open(self, request: str = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n") -> "Client":
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request.encode())
        return Client(reader, writer)


class Client:
    """One raw connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def head(self) -> str:
        async with asyncio.timeout(5):
            return (await self.reader.readuntil(b"\r\n\r\n")).decode()

    async def hint(self) -> str:
        """Return the `retry:` line that begins a stream."""
        async with asyncio.timeout(5):
            return (await self.reader.readuntil(b"retry: ") + await self.reader.readuntil(b"\n")).decode()

    async def block(self) -> str:
        """Return the next event of the stream."""
        async with asyncio.timeout(5):
            return (await self.reader.readuntil(b"\n\n")).decode()

    async def rest(self) -> bytes:
        async with asyncio.timeout(5):
            return await self.reader.read()

    async def close(self) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


@asynccontextmanager
async def served(http: Any = HandoverProtocol) -> AsyncIterator[Served]:
    place = Served()
    config = uvicorn.Config(
        place.app,
        http=http,
        interface="asgi3",
        port=0,
        lifespan="off",
        log_config=None,
        ws="none",
        timeout_graceful_shutdown=1,
    )
    place.server = uvicorn.Server(config)
    place.hub.start()
    sleep_on = on_wake(place.wake)
    task = asyncio.create_task(place.server.serve())
    while not place.server.started:
        await asyncio.sleep(0.005)
    place.port = place.server.servers[0].sockets[0].getsockname()[1]
    try:
        yield place
    finally:
        sleep_on()
        place.hub.close()
        place.server.should_exit = True
        await task


async def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds; at most 5 s."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


def on_loop(main: Callable[[], Awaitable[None]]) -> None:
    """Run `main` on the loop that `kenes serve` uses."""

    async def run() -> None:
        await main()

    uvloop.run(run())
