"""The whole site: which part answers what, and in which order parts start and stop."""

import asyncio
import json
from pathlib import Path
from typing import Any

from kenes.config.site import Site
from kenes.config.static_server import StaticFiles
from kenes.live.bridge import Bridge
from kenes.live.hub import StreamHub
from kenes.live.limits import Limits


class NotedEngine:
    """Stands where the engine stands and notes what happens to it."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes
        self.limits = Limits()

    async def start(self, hub: object) -> None:
        self.notes.append("engine started")

    async def stop(self) -> None:
        self.notes.append("engine stopped")

    async def is_sound(self) -> bool:
        return True

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.notes.append(f"engine asked for {scope['path']}")


def a_site(tmp_path: Path, notes: list[str]) -> Site:
    def pages(environ: Any, start: Any) -> list[bytes]:
        notes.append(f"pages asked for {environ['PATH_INFO']}")
        start("200 OK", [])
        return [b""]

    (tmp_path / "a.css").write_text("a{}")
    bridge = Bridge(pages, body_limit=1000)
    return Site(engine=NotedEngine(notes), hub=StreamHub(), bridge=bridge, static=StaticFiles(tmp_path))  # type: ignore[arg-type]


async def ask(site: Site, path: str) -> tuple[int, bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    parts = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if not parts:
            await asyncio.sleep(60)  # the client stays
        return parts.pop()

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
    }
    await site(scope, receive, send)
    return (sent[0]["status"] if sent else 0), b"".join(message.get("body", b"") for message in sent[1:])


def test_each_part_answers_its_own_addresses(tmp_path: Path) -> None:
    notes: list[str] = []

    async def main() -> None:
        site = a_site(tmp_path, notes)
        await site.start()
        for path in ("/live/rooms/AKM-2/me", "/static/a.css", "/static/none.css", "/kk/"):
            await ask(site, path)
        await site.stop()

    asyncio.run(main())
    assert notes == [
        "engine started",
        "engine asked for /live/rooms/AKM-2/me",
        "pages asked for /static/none.css",
        "pages asked for /kk/",
        "engine stopped",
    ]


def test_health_says_ready_only_between_start_and_stop(tmp_path: Path) -> None:
    async def main() -> None:
        site = a_site(tmp_path, [])
        states = [await ask(site, "/health"), await ask(site, "/health/live")]
        await site.start()
        states.append(await ask(site, "/health"))
        await site.stop()
        states.append(await ask(site, "/health"))
        assert [status for status, _ in states] == [503, 200, 200, 503]
        assert json.loads(states[2][1]) == {"live": True, "ready": True}

    asyncio.run(main())
