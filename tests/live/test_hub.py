"""The hub: the same bytes to each follower, nobody waited for, nobody left hanging."""

import asyncio
import json

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from kenes.live import hub as hub_module
from kenes.live.contracts import Stream
from kenes.live.handover import HandoverProtocol
from live.loop_server import on_loop, served, until

# Our server, and one that keeps the connection.
SERVERS = [HandoverProtocol, H11Protocol]


def test_a_stream_says_what_it_is() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open()
            head = (await client.head()).lower().split("\r\n")
            assert head[0] == "http/1.1 200 ok"
            fields = dict(line.split(": ", 1) for line in head[1:] if line)
            fields.pop("date", None)
            assert fields == {
                "content-type": "text/event-stream; charset=utf-8",
                "cache-control": "no-store",
                "x-accel-buffering": "no",
                "x-content-type-options": "nosniff",
                "referrer-policy": "same-origin",
                "access-control-allow-origin": "*",
                "connection": "close",
                "server": "uvicorn",
            }
            assert "retry: " in await client.hint()
            await client.close()

    on_loop(main)


def test_only_the_public_stream_may_be_read_from_other_sites() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open("GET /desk/events HTTP/1.1\r\nHost: x\r\n\r\n")
            head = (await client.head()).lower()
            assert "access-control" not in head
            assert "cross-origin-resource-policy: same-origin" in head
            await client.close()

    on_loop(main)


@pytest.mark.parametrize("http", SERVERS)
def test_head_gets_the_headers_alone(http: type) -> None:
    async def main() -> None:
        async with served(http) as place:
            client = await place.open("HEAD /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert "text/event-stream" in await client.head()
            assert await client.rest() == b""
            assert place.wakes == 0
            await client.close()

    on_loop(main)


@pytest.mark.parametrize("http", SERVERS)
def test_a_new_follower_gets_the_last_frame_at_once_and_then_each_one(http: type) -> None:
    async def main() -> None:
        async with served(http) as place:
            first = await place.open()
            assert "HTTP/1.1 200" in await first.head()
            assert "retry: " in await first.hint()
            assert place.wakes == 1
            place.publish(4)
            assert '"to": 4' in await first.block()
            second = await place.open()
            await second.head()
            assert "retry: " in await second.hint()
            assert '"to": 4' in await second.block()
            assert place.wakes == 1
            place.publish(5)
            for client in (first, second):
                assert '"to": 5' in await client.block()
                await client.close()
            await until(lambda: list(place.hub.followed()) == [])

    on_loop(main)


def test_who_comes_just_after_the_last_one_left_gets_the_last_frame_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def main() -> None:
        async with served() as place:
            first = await place.open()
            await first.hint()
            place.publish(4)
            await first.close()
            await until(lambda: list(place.hub.followed()) == [])
            second = await place.open()
            await second.hint()
            assert '"to":4' in await second.block()
            assert place.wakes == 2
            monkeypatch.setattr(hub_module, "KEPT_SECONDS", 0.0)
            await second.close()
            await until(lambda: list(place.hub.followed()) == [])
            await asyncio.sleep(0.05)
            third = await place.open()
            await third.hint()
            place.publish(5)
            assert '"to": 5' in await third.block()
            await third.close()

    on_loop(main)


def test_who_comes_after_the_last_one_left_gets_no_row_that_may_be_gone() -> None:
    async def main() -> None:
        async with served() as place:
            first = await place.open()
            await first.hint()
            frame = {"v": 1, "epoch": "e", "from": 3, "to": 4, "changes": [{"text": "a telephone"}]}
            place.hub.publish(7, Stream.PUBLIC, json.dumps(frame).encode())
            assert "a telephone" in await first.block()
            await first.close()
            await until(lambda: list(place.hub.followed()) == [])
            second = await place.open()
            await second.hint()
            (line,) = [line for line in (await second.block()).splitlines() if line.startswith("data: ")]
            assert json.loads(line[6:]) == {"v": 1, "epoch": "e", "from": 4, "to": 4, "changes": []}
            await second.close()

    on_loop(main)


def test_streams_of_a_room_are_apart() -> None:
    async def main() -> None:
        async with served() as place:
            public = await place.open()
            desk = await place.open("GET /desk/events HTTP/1.1\r\nHost: x\r\n\r\n")
            for client in (public, desk):
                await client.head()
                await client.hint()
            place.publish(1, Stream.DESK)
            place.publish(2, Stream.PUBLIC)
            assert '"to": 1' in await desk.block()
            assert '"to": 2' in await public.block()
            await public.close()
            await desk.close()

    on_loop(main)


@pytest.mark.parametrize("http", SERVERS)
def test_a_follower_that_does_not_read_is_dropped_and_delays_nobody(http: type) -> None:
    async def main() -> None:
        async with served(http) as place:
            stalled = await place.open()
            reading = await place.open()
            await reading.head()
            await reading.hint()
            await until(lambda: place.hub.present() == {7: 2})
            stalled.writer.transport.pause_reading()
            number = 0
            while place.hub.present() == {7: 2} and number < 1000:
                number += 1
                place.publish(number, filling="x" * 30_000)
                assert f'"to": {number},' in await reading.block()
            assert place.hub.present() == {7: 1}
            assert number < 1000
            await reading.close()
            stalled.writer.transport.abort()

    on_loop(main)


@pytest.mark.parametrize("http", SERVERS)
def test_closing_ends_every_stream_with_a_time_to_come_back(http: type) -> None:
    async def main() -> None:
        async with served(http) as place:
            asking = "GET /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            clients = [await place.open(asking) for _ in range(20)]
            for client in clients:
                await client.head()
                await client.hint()
            place.hub.close()
            hints = set()
            for client in clients:
                rest = (await client.rest()).decode()
                hints.add(rest[rest.index("retry: ") :].split("\n")[0])
                await client.close()
            assert len(hints) > 10
            late = await place.open(asking)
            await late.head()
            assert (await late.rest()).count(b"retry: ") == 2
            await late.close()

    on_loop(main)


def test_a_private_stream_ends_when_the_right_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "RECHECK_SECONDS", 0.05)

    async def main() -> None:
        async with served() as place:
            desk = await place.open("GET /desk/events HTTP/1.1\r\nHost: x\r\n\r\n")
            public = await place.open()
            for client in (desk, public):
                await client.head()
                await client.hint()
            await asyncio.sleep(0.12)
            place.publish(1, Stream.DESK)
            assert '"to": 1' in await desk.block()
            place.is_allowed = False
            assert await desk.rest() == b""
            assert list(place.hub.followed()) == [(7, Stream.PUBLIC)]
            await desk.close()
            await public.close()

    on_loop(main)
