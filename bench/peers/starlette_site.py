"""sse-starlette: a queue for each viewer, an EventSourceResponse that empties it."""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

queues: set[asyncio.Queue[str]] = set()


async def events(request: Request) -> EventSourceResponse:
    """Follow the room."""
    queue: asyncio.Queue[str] = asyncio.Queue()
    queues.add(queue)

    async def frames() -> AsyncIterator[dict[str, str]]:
        try:
            while True:
                yield {"data": await queue.get()}
        finally:
            queues.discard(queue)

    return EventSourceResponse(frames(), ping=600)


async def publish(request: Request) -> Response:
    """Send the body to everybody in the room."""
    text = (await request.body()).decode()
    for queue in queues:
        queue.put_nowait(text)
    return Response(status_code=204)


application = Starlette(
    routes=[Route("/events", events), Route("/publish", publish, methods=["POST"])],
)
