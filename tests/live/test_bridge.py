"""The bridge: no network holds a thread, and what goes in and comes out is whole."""

import asyncio
import io
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from kenes.live import bridge as bridge_module
from kenes.live import spool as spool_module
from kenes.live.bridge import Bridge
from kenes.live.wsgi import FileBody

LIMIT = 1024 * 1024


class Pages:
    """A WSGI application of a few paths that notes what it was asked."""

    def __init__(self) -> None:
        self.environs: list[dict[str, Any]] = []
        self.release = threading.Event()
        self.closed = 0
        self.path = Path()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.environs.append(environ)
        match environ["PATH_INFO"]:
            case "/wait":
                self.release.wait(5)
            case "/fail":
                raise RuntimeError("the page broke")
            case "/large":
                start("200 OK", [])
                return (b"x" * 100_000 for _ in range(20))
            case "/file":
                start("200 OK", [("Content-Length", str(self.path.stat().st_size))])
                return FileBody(self.path.open("rb"))
            case "/memory-file":
                start("200 OK", [])
                return FileBody(io.BytesIO(b"from memory"))
            case "/nothing":
                start("204 No Content", [])
                return []
        start("200 OK", [("Content-Type", "text/plain")])
        return [environ["wsgi.input"].read()]


class Exchange:
    """One ASGI request: what the client sends, and what it got."""

    def __init__(self, path: str, *parts: bytes, method: str = "GET", **headers: str) -> None:
        self.scope = {
            "type": "http",
            "method": method,
            "path": path,
            "root_path": "",
            "query_string": b"a=1",
            "http_version": "1.1",
            "scheme": "http",
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 4711),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        }
        self.parts = list(parts) or [b""]
        self.leaves = asyncio.Event()
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.is_complete = False

    async def receive(self) -> dict[str, Any]:
        if not self.parts:
            await self.leaves.wait()
            return {"type": "http.disconnect"}
        part = self.parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self.parts)}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")
            self.is_complete = not message.get("more_body", False)

    async def through(self, bridge: Bridge) -> "Exchange":
        await bridge(self.scope, self.receive, self.send)
        return self


def with_bridge(main: Callable[[Bridge, Pages], Any], **options: Any) -> None:
    async def run() -> None:
        pages = Pages()
        bridge = Bridge(pages, body_limit=LIMIT, **options)
        try:
            async with asyncio.timeout(20):
                await main(bridge, pages)
        finally:
            pages.release.set()
            bridge.stop()

    asyncio.run(run())


def test_a_body_arrives_whole_and_with_its_length() -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        exchange = await Exchange("/", b"ab", b"cd", method="POST", transfer_encoding="chunked").through(
            bridge
        )
        assert (exchange.status, exchange.body, exchange.is_complete) == (200, b"abcd", True)
        assert pages.environs[0]["CONTENT_LENGTH"] == "4"
        assert exchange.headers == {"content-type": "text/plain", "content-length": "4"}

    with_bridge(main)


def test_the_environment_is_what_django_expects() -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        exchange = Exchange("/kk/кездесу/", cookie="a=1")
        exchange.scope["headers"] += [
            (b"cookie", b"b=2"),
            (b"x_forwarded_for", b"6.6.6.6"),
            (b"accept", b"*/*"),
        ]
        await exchange.through(bridge)
        environ = pages.environs[0]
        assert environ["PATH_INFO"].encode("latin-1").decode() == "/kk/кездесу/"
        assert environ["HTTP_COOKIE"] == "a=1; b=2"
        assert "HTTP_X_FORWARDED_FOR" not in environ
        assert (environ["QUERY_STRING"], environ["REMOTE_ADDR"]) == ("a=1", "127.0.0.1")

    with_bridge(main)


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_over_the_limit_is_refused_in_the_readers_language(declared: bool) -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        parts = [b"x" * 400_000] * 3
        length = {"content_length": "1200000"} if declared else {"transfer_encoding": "chunked"}
        exchange = Exchange("/en/", *parts, method="POST", accept="text/html", **length)
        await exchange.through(bridge)
        assert exchange.status == 413
        assert '<html lang="en"' in exchange.body.decode()
        assert pages.environs == []
        assert exchange.parts == []  # heard out, so that the sender reads the answer
        assert exchange.headers["connection"] == "close"

    with_bridge(main)


def test_a_sender_who_waits_for_leave_is_refused_before_sending() -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        exchange = Exchange(
            "/kk/", b"x" * 10, method="POST", content_length=str(LIMIT + 1), expect="100-continue"
        )
        await exchange.through(bridge)
        assert (exchange.status, len(exchange.parts)) == (413, 1)
        assert exchange.headers["content-type"] == "application/problem+json; charset=utf-8"

    with_bridge(main)


def test_a_body_that_stops_coming_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "IDLE_SECONDS", 0.05)

    async def main(bridge: Bridge, pages: Pages) -> None:
        exchange = Exchange("/", b"x", method="POST", content_length="10")

        async def never() -> dict[str, Any]:
            await asyncio.sleep(60)
            return {}

        await bridge(exchange.scope, never, exchange.send)
        assert (exchange.status, pages.environs) == (408, [])

    with_bridge(main)


def test_too_many_large_bodies_at_once_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "LARGE_BODIES", 1)

    async def main(bridge: Bridge, pages: Pages) -> None:
        slow = Exchange("/", method="POST", content_length="500000")
        slow.parts = []
        first = asyncio.create_task(slow.through(bridge))
        await asyncio.sleep(0.01)
        second = await Exchange("/", b"x", method="POST", content_length="500000").through(bridge)
        assert (second.status, second.headers["retry-after"]) == (503, "3")
        small = await Exchange("/", b"x", method="POST", content_length="1").through(bridge)
        assert small.status == 200
        slow.leaves.set()
        await first
        assert slow.status == 0

    with_bridge(main)


def test_a_full_queue_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge_module, "WAITING", 3)

    async def main(bridge: Bridge, pages: Pages) -> None:
        waiting = [asyncio.create_task(Exchange("/wait").through(bridge)) for _ in range(3)]
        await asyncio.sleep(0.05)
        refused = await Exchange("/").through(bridge)
        assert refused.status == 503
        pages.release.set()
        assert [exchange.status for exchange in await asyncio.gather(*waiting)] == [200, 200, 200]
        assert (await Exchange("/").through(bridge)).status == 200

    with_bridge(main)


def test_a_client_that_leaves_the_queue_costs_no_thread() -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        busy = [asyncio.create_task(Exchange("/wait").through(bridge)) for _ in range(2)]
        await asyncio.sleep(0.05)
        leaver = Exchange("/")
        task = asyncio.create_task(leaver.through(bridge))
        await asyncio.sleep(0.05)
        leaver.leaves.set()
        await task
        pages.release.set()
        await asyncio.gather(*busy)
        assert (leaver.status, len(pages.environs)) == (0, 2)

    with_bridge(main)


def test_readers_who_stall_hold_no_thread(tmp_path: Path) -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        pages.path = tmp_path / "materials.pdf"
        pages.path.write_bytes(b"y" * 3_000_000)
        stalled = []
        for path in ("/file", "/file", "/large", "/large"):
            exchange = Exchange(path)

            async def send(message: Any) -> None:
                if message["type"] == "http.response.body":
                    await asyncio.sleep(60)

            stalled.append(asyncio.create_task(bridge(exchange.scope, exchange.receive, send)))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        assert (await Exchange("/").through(bridge)).status == 200
        assert time.monotonic() - began < 1
        for task in stalled:
            task.cancel()
        await asyncio.gather(*stalled, return_exceptions=True)

    with_bridge(main)


def test_a_reader_who_takes_nothing_for_long_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bridge_module, "SEND_SECONDS", 0.05)

    async def main(bridge: Bridge, pages: Pages) -> None:
        pages.path = tmp_path / "f"
        pages.path.write_bytes(b"y" * 300_000)
        exchange = Exchange("/file")

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                await asyncio.sleep(60)
            await exchange.send(message)

        await bridge(exchange.scope, exchange.receive, send)
        assert exchange.is_complete is False

    with_bridge(main)


def test_files_and_large_responses_come_whole(tmp_path: Path) -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        pages.path = tmp_path / "f"
        pages.path.write_bytes(bytes(range(256)) * 1000)
        assert (await Exchange("/file").through(bridge)).body == bytes(range(256)) * 1000
        assert (await Exchange("/memory-file").through(bridge)).body == b"from memory"
        large = await Exchange("/large").through(bridge)
        assert (len(large.body), large.headers["content-length"]) == (2_000_000, "2000000")
        nothing = await Exchange("/nothing").through(bridge)
        assert (nothing.status, nothing.headers) == (204, {})

    with_bridge(main)


def test_a_failure_below_django_is_a_bare_500(caplog: pytest.LogCaptureFixture) -> None:
    async def main(bridge: Bridge, pages: Pages) -> None:
        assert (await Exchange("/fail").through(bridge)).status == 500

    with_bridge(main)
    assert [record.name for record in caplog.records] == ["kenes.live.wsgi"]
