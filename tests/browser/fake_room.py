"""A room's live address that does what a test tells it: flows, falls silent, buffers, answers nonsense."""

import json
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

SCRIPTS = Path(__file__).resolve().parents[2] / "src" / "kenes" / "rooms" / "static" / "rooms"
BEAT_SECONDS = 1.0
PAGE = (
    b'<!doctype html><meta charset="utf-8"><title>Room</title><script type="module" src="/page.js"></script>'
)
PAGE_SCRIPT = b"""
import { follow } from "/static/feed.js";
const worker = new URLSearchParams(location.search).get("worker");
Object.assign(window, { statuses: [], versions: [], epoch: "" });
follow({
  base: `${location.origin}/live/rooms/X-1`,
  worker: worker && `/static/${worker}`,
  onState: (state) => {
    window.epoch = state.epoch;
    window.versions.push(state.version);
  },
  onStatus: (status) => status === window.statuses.at(-1) || window.statuses.push(status),
});
"""


@dataclass(slots=True)
class FakeRoom:
    """The room's feed, and how its address behaves now."""

    url: str = ""
    epoch: str = "one"
    version: int = 1
    events: str = "flow"
    """`flow`; `silent`: opened, not a byte; or the status of a refusal with a page of HTML."""
    beats: bool = True
    passing: bool = False
    """A change falls between the snapshot and the first frame."""
    asked: list[tuple[float, str]] = field(default_factory=list)
    streams: "set[queue.Queue[bytes | None]]" = field(default_factory=set)

    def frame(self, since: int) -> dict[str, Any]:
        changes = [{"type": "room", "code": "X-1", "version": self.version}] if since < self.version else []
        return {"v": 1, "epoch": self.epoch, "from": since, "to": self.version, "changes": changes}

    def move(self) -> None:
        """Let one change happen and be told."""
        self.version += 1
        self.tell(self.frame(self.version - 1))

    def tell(self, frame: dict[str, Any]) -> None:
        """Send a frame on every open stream."""
        self.send(f"data: {json.dumps(frame)}\n\n".encode())

    def send(self, data: bytes | None) -> None:
        """Send bytes on every open stream; None ends them."""
        for stream in list(self.streams):
            stream.put(data)

    def times(self, path: str) -> list[float]:
        """Return when a path was asked for."""
        return [at for at, asked in self.asked if asked.partition("?")[0].endswith(path)]

    def queries(self, path: str) -> list[str]:
        return [asked.partition("?")[2] for _, asked in self.asked if f"/{path}?" in asked]

    def snapshot(self) -> dict[str, Any]:
        empty: dict[str, Any] = {"codes": [], "after": None}
        return {
            "v": 1,
            "epoch": self.epoch,
            "version": self.version,
            "room": {"code": "X-1", "version": self.version},
            "agenda": [],
            "announcements": [],
            "counts": {},
            "stage": None,
            "rows": {},
            "orders": {"top": empty, "new": empty},
        }


class Handler(BaseHTTPRequestHandler):
    """Answers for one fake room."""

    protocol_version = "HTTP/1.1"
    room: FakeRoom

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.room.asked.append((time.monotonic(), self.path))
        name = address.path.rpartition("/")[2]
        if address.path == "/":
            self._answer(PAGE, "text/html")
        elif address.path == "/page.js":
            self._answer(PAGE_SCRIPT, "text/javascript")
        elif address.path.startswith("/static/"):
            script = SCRIPTS / name
            found = script.is_file()
            self._answer(
                script.read_bytes() if found else b"", "text/javascript", status=200 if found else 404
            )
        elif name == "snapshot":
            self._json(self.room.snapshot())
            self.room.version += self.room.passing
            self.room.passing = False
        elif name == "changes":
            self._changes({key: values[0] for key, values in parse_qs(address.query).items()})
        elif name == "events":
            self._events()
        else:
            self._answer(b"", "text/plain", status=404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _json(self, content: object) -> None:
        self._answer(json.dumps(content).encode(), "application/json")

    def _answer(self, body: bytes, kind: str, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _changes(self, said: dict[str, str]) -> None:
        since, deadline = int(said["since"]), time.monotonic() + min(2.0, float(said.get("wait", 0)))
        while self.room.version <= since and time.monotonic() < deadline:
            time.sleep(0.02)
        self._json(self.room.frame(since))

    def _events(self) -> None:
        if self.room.events.isdigit():
            self._answer(b"<h1>Bad gateway</h1>", "text/html", status=int(self.room.events))
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        stream: queue.Queue[bytes | None] = queue.Queue()
        if self.room.events == "flow":
            stream.put(f"data: {json.dumps(self.room.frame(self.room.version))}\n\n".encode())
        self.room.streams.add(stream)
        try:
            while (data := stream.get()) is not None:
                if self.room.events == "flow":
                    self.wfile.write(data)
        except OSError:
            pass  # the browser went away
        finally:
            self.room.streams.discard(stream)


@contextmanager
def a_fake_room() -> Iterator[FakeRoom]:
    """Serve a fake room on the loopback until the block ends."""
    room = FakeRoom()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"room": room}))
    server.daemon_threads = True
    room.url = f"http://127.0.0.1:{server.server_port}/"
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            if room.beats:
                room.tell(room.frame(room.version))

    threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=beat)]
    for thread in threads:
        thread.start()
    try:
        yield room
    finally:
        ended.set()
        room.send(None)
        server.shutdown()
        for thread in threads:
            thread.join()
        server.server_close()
