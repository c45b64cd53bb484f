"""A real server with the demonstration's content, in a folder of its own."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 10
NAMES = {
    "campaign": "SELECT slug FROM programme_campaign ORDER BY starts_on DESC LIMIT 1",
    "room": "SELECT code FROM programme_meeting WHERE state = 'open' ORDER BY id LIMIT 1",
    "closed_room": "SELECT code FROM programme_meeting WHERE state = 'closed' ORDER BY id LIMIT 1",
    "session": (
        "SELECT s.public_id FROM programme_strategicsession s JOIN programme_campaign c"
        " ON c.id = s.campaign_id ORDER BY c.starts_on DESC LIMIT 1"
    ),
    "question": "SELECT code FROM questions_question WHERE state = 'answered' ORDER BY id LIMIT 1",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server is, and the names of the demonstration's objects for addresses."""

    url: str
    names: Mapping[str, str]


@contextmanager
def demo_site(folder: Path) -> Iterator[Site]:
    """Serve the demonstration from a fresh folder until the block ends."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "KENES_DATA_DIR": str(folder / "var"),
        "KENES_STATIC_DIR": str(folder / "static"),
        "KENES_DEMO": "on",
        "KENES_RATE_LIMITS": "off",
        "KENES_DEBUG": "on",
    }
    for words in (["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"], ["seed"]):
        subprocess.run(_kenes(*words), env=environment, check=True, capture_output=True, timeout=120)
    port = _free_port()
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            _kenes("runserver", "--noreload", f"127.0.0.1:{port}"), env=environment, stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/robots.txt", server)
            yield Site(url, _names(folder / "var"))
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def _kenes(*words: str) -> list[str]:
    return [sys.executable, "-m", "kenes.config.command", *words]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start; see its log beside {url}.")


def _names(folder: Path) -> dict[str, str]:
    (path,) = [path for path in folder.glob("*.sqlite3") if _has_meetings(path)]
    with closing(sqlite3.connect(path)) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in NAMES.items()}


def _has_meetings(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'programme_meeting'"
        return bool(database.execute(query).fetchone()[0])
