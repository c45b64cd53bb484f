"""Answers at the door: public, unchanged, and to plain requests only."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kenes.live.contracts import Receive, Room, Scope, Send
from kenes.live.door import FOLLOWED, Door, Headers, Seen
from kenes.live.handover import HandoverProtocol
from kenes.live.limits import Buckets, Limits
from kenes.live.signs import Commits
from live.loop_server import Client, on_loop, served

HOST = (b"host", b"localhost")
PUBLIC = ((b"cache-control", b"public, no-cache"), (b"content-length", b"2"), (b"x-request-id", b"first"))


class Visit:
    """A visitor at the door: what it was sent, which room it follows."""

    def __init__(self, url: bytes, *headers: tuple[bytes, bytes]) -> None:
        self.url = url
        self.headers = [HOST, *headers]
        self.peer = "127.0.0.1"
        self.sent = b""
        self.room: Room | None = None

    def send_answer(self, head: bytes, body: bytes) -> None:
        self.sent = head + body

    def follow(self, room: Room, request_id: bytes) -> bool:
        self.room = room
        return True


class Place:
    """A door before an application that counts how often it is asked, over a database of its own."""

    def __init__(self, database: Path) -> None:
        self._writing = sqlite3.connect(database, isolation_level=None)
        self._writing.execute("PRAGMA journal_mode=WAL")
        self._writing.execute("CREATE TABLE word (text)")
        self.seen: list[Seen] = []
        self.limits = Limits(Buckets(clock=lambda: 0.0))
        self.door = Door(self.limits, address_of=lambda headers, peer: peer, note=self.seen.append)
        self.door.open(Commits(str(database)))
        self.asked = 0
        self.headers: Headers = PUBLIC
        self.status = 200
        self.follows: Room | None = None

    def commit(self) -> None:
        self._writing.execute("INSERT INTO word VALUES ('new')")

    def close(self) -> None:
        self.door.close()
        self._writing.close()

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        if self.follows is not None:
            scope[FOLLOWED] = self.follows
            return
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"ok"})

    def ask(self, visit: Visit) -> bool:
        """Say whether the door answered; where it did not, the application is asked."""
        if self.door.answer(visit):
            return True
        asyncio.run(self.ask_application(visit))
        return False

    async def ask_application(self, visit: Visit) -> None:
        path, _, query = visit.url.partition(b"?")
        scope = {
            "type": "http",
            "method": "GET",
            "http_version": "1.1",
            "raw_path": path,
            "query_string": query,
            "headers": visit.headers,
        }
        await self.door.watch(self._app, scope, _receive, _send)


async def _receive() -> dict[str, object]:
    return {"type": "http.request"}


async def _send(message: object) -> None:
    return None


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "words.sqlite3")
    yield place
    place.close()


def test_a_public_answer_is_given_again_with_a_request_id_of_its_own(place: Place) -> None:
    second = Visit(b"/page?order=new")
    assert [place.ask(Visit(b"/page?order=new")), place.ask(second)] == [False, True]
    head, _, body = second.sent.partition(b"\r\n\r\n")
    assert body == b"ok"
    names = [line.partition(b":")[0] for line in head.split(b"\r\n")]
    assert names == [b"cache-control", b"content-length", b"x-request-id"]
    assert b"first" not in head
    assert [(seen.path, seen.body_bytes) for seen in place.seen] == [("/page", 2)]


def test_after_any_commit_the_application_is_asked_again(place: Place) -> None:
    place.ask(Visit(b"/page"))
    place.commit()
    assert [place.ask(Visit(b"/page")), place.ask(Visit(b"/page"))] == [False, True]
    assert place.asked == 2


def test_another_address_host_scheme_or_encoding_is_another_answer(place: Place) -> None:
    place.ask(Visit(b"/page"))
    others = [
        Visit(b"/page?"),
        Visit(b"/page", (b"accept-encoding", b"gzip")),
        Visit(b"/page", (b"x-forwarded-proto", b"https")),
    ]
    elsewhere = Visit(b"/page")
    elsewhere.headers = [(b"host", b"elsewhere")]
    assert [place.door.answer(visit) for visit in [*others, elsewhere]] == [False] * 4


@pytest.mark.parametrize(
    "header", ["if-none-match", "range", "authorization", "hx-request", "content-length", "x-request-id"]
)
def test_a_request_that_is_not_plain_goes_to_the_application(place: Place, header: str) -> None:
    place.ask(Visit(b"/page"))
    assert not place.ask(Visit(b"/page", (header.encode(), b"1")))


@pytest.mark.parametrize(
    "headers",
    [
        ((b"cache-control", b"no-cache"), (b"content-length", b"2")),
        ((b"cache-control", b"private, no-store"), (b"content-length", b"2")),
        ((b"cache-control", b"public, no-cache"),),
        (*PUBLIC, (b"set-cookie", b"a=b")),
        (*PUBLIC, (b"vary", b"Cookie, Accept-Encoding")),
    ],
)
def test_an_answer_that_is_not_for_everybody_is_not_kept(place: Place, headers: Headers) -> None:
    place.headers = headers
    assert [place.ask(Visit(b"/page")), place.ask(Visit(b"/page"))] == [False, False]


def test_a_refusal_is_not_kept(place: Place) -> None:
    place.status = 404
    assert [place.ask(Visit(b"/page")), place.ask(Visit(b"/page"))] == [False, False]


def test_where_commits_cannot_be_counted_nothing_is_kept(place: Place) -> None:
    place.door.close()
    assert [place.ask(Visit(b"/page")), place.ask(Visit(b"/page"))] == [False, False]


def test_a_room_entered_once_is_entered_at_the_door_whatever_was_committed(place: Place) -> None:
    place.follows = Room("AKM-1", 7)
    place.ask(Visit(b"/live/rooms/AKM-1/events"))
    place.commit()
    second = Visit(b"/live/rooms/AKM-1/events")
    assert place.ask(second)
    assert second.room == Room("AKM-1", 7)


def test_the_limit_of_an_address_holds_at_the_door(place: Place) -> None:
    place.ask(Visit(b"/page"))
    answered = sum(place.door.answer(Visit(b"/page")) for _ in range(5_100))
    assert answered == 5_000


async def one_answer(client: Client) -> str:
    head = await client.head()
    assert await client.reader.readexactly(2) == b"ok"
    return head


def protocol_with(place: Place) -> type[HandoverProtocol]:
    return type("WithDoor", (HandoverProtocol,), {"door": place.door})


def test_answers_at_the_door_and_of_the_application_come_in_order_on_one_connection(place: Place) -> None:
    async def main() -> None:
        await place.ask_application(Visit(b"/page"))
        async with served(protocol_with(place)) as server:
            kept, other = (f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n" for path in ("/page", "/other"))
            client = await server.open(kept + other + kept)
            heads = [await one_answer(client) for _ in range(3)]
            client.writer.write(kept.encode())
            heads.append(await one_answer(client))
            # The third waits behind the second, which the application answers.
            assert ["public" in head for head in heads] == [True, False, False, True]
            assert all(head.startswith("HTTP/1.1 200 OK\r\ndate: ") for head in heads)
            await client.close()

    on_loop(main)
    assert place.asked == 1


def test_a_stream_entered_at_the_door_gets_frames_and_drops_what_is_pipelined_behind(place: Place) -> None:
    async def main() -> None:
        place.follows = Room("AKM-2", 7)
        await place.ask_application(Visit(b"/events"))
        protocol = protocol_with(place)
        async with served(protocol) as server:
            protocol.hub = server.hub
            request = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"
            client = await server.open(request + request)
            assert "text/event-stream" in await client.head()
            assert (await client.hint()).startswith("retry: ")
            assert server.server.server_state.connections == set()
            server.publish(1)
            assert '"to": 1' in await client.block()
            await client.close()

    on_loop(main)
