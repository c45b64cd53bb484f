"""A running engine for tests: the real apps' adapters, a hub that keeps what it is given, a client."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar
from uuid import uuid4

import httpx
from django.db import connections

from kenes.live.contracts import Receive, Room, RowReader, Scope, Send, Stream, Writer
from kenes.live.engine import Engine
from kenes.live.wake import wake_relay
from kenes.programme.live import AgendaReader, PresenceNoter, ProgrammeJoiner, RoomRowReader
from kenes.questions.live import AskWriter, CountsReader, QuestionReader, UnvoteWriter, VoteWriter
from kenes.rooms.live import AnnouncementReader, RoomPages

T = TypeVar("T")


class KeepingHub:
    """Keeps every frame it is given, by line; follows what the test says."""

    def __init__(self) -> None:
        self.lines: set[tuple[int, Stream]] = set()
        self.frames: dict[tuple[int, Stream], list[dict[str, Any]]] = {}
        self.people: dict[int, int] = {}
        self.taken: list[tuple[Room, Stream]] = []

    def follow(self, feed_id: int, stream: Stream = Stream.PUBLIC) -> None:
        self.lines.add((feed_id, stream))
        wake_relay()

    def followed(self) -> Collection[tuple[int, Stream]]:
        return self.lines

    def publish(self, feed_id: int, stream: Stream, frame: bytes) -> None:
        self.frames.setdefault((feed_id, stream), []).append(json.loads(frame))

    def present(self) -> Mapping[int, int]:
        return self.people

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
        assert (still_may is None) == (stream is Stream.PUBLIC)
        assert still_may is None or await still_may()
        self.taken.append((room, stream))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class WholeRoom(RoomPages):
    """The room as its apps show it. `desk_key`: the session that may follow the private streams."""

    desk_key = "desk-session"

    def may_follow(self, room: Room, *, stream: Stream, session_key: str, using: str) -> bool:
        return session_key == self.desk_key


READERS: Sequence[RowReader] = (
    RoomRowReader(),
    AgendaReader(),
    QuestionReader(),
    CountsReader(),
    AnnouncementReader(),
)
WRITERS: Sequence[Writer] = (AskWriter(), VoteWriter(), UnvoteWriter())


class Stage:
    """A started engine with its hub and a client of it."""

    def __init__(self, engine: Engine, hub: KeepingHub, client: httpx.AsyncClient) -> None:
        self.engine = engine
        self.hub = hub
        self.client = client

    async def join(self, code: str, **body: Any) -> dict[str, str]:
        """Join as somebody new; return the headers that say who it is."""
        answer = await self.client.post(f"/live/rooms/{code}/join", json=body)
        assert answer.status_code == 201, answer.text
        self.client.cookies.clear()
        return {"authorization": f"Bearer {answer.json()['token']}"}

    async def ask(
        self, code: str, who: Mapping[str, str], text: str = "When will it open?", **more: Any
    ) -> Any:
        body = {"text": text, "language": "en", **more}
        return await self.client.post(f"/live/rooms/{code}/questions", json=body, headers=keyed(who))

    async def vote(self, code: str, question: str, who: Mapping[str, str], method: str = "POST") -> Any:
        return await self.client.request(
            method, f"/live/rooms/{code}/questions/{question}/vote", headers=keyed(who)
        )

    def frames(self, feed_id: int, stream: Stream = Stream.PUBLIC) -> list[dict[str, Any]]:
        return self.hub.frames.get((feed_id, stream), [])


def keyed(who: Mapping[str, str] = {}) -> dict[str, str]:
    return {**who, "idempotency-key": str(uuid4())}


def on_stage(
    scenario: Callable[[Stage], Awaitable[None]],
    *,
    readers: Sequence[RowReader] = READERS,
    writers: Sequence[Writer] = WRITERS,
) -> None:
    """Run the scenario with a started engine; stop it whatever comes."""

    async def run() -> None:
        hub = KeepingHub()
        engine = Engine(
            readers=readers,
            writers=writers,
            room_reader=WholeRoom(),
            joiner=ProgrammeJoiner(),
            presence=PresenceNoter(),
        )
        await engine.start(hub)
        transport = httpx.ASGITransport(app=engine.app)  # type: ignore[arg-type]
        try:
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                await scenario(Stage(engine, hub, client))
        finally:
            await engine.stop()

    asyncio.run(run())


async def until(is_so: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for something to come about; fail where it does not."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.005)


async def off_loop(function: Callable[..., T], *args: Any) -> T:
    """Run what reads or writes the database in a thread, and leave no connection there."""

    def work() -> T:
        try:
            return function(*args)
        finally:
            connections.close_all()

    return await asyncio.to_thread(work)
