"""A real server with the demonstration's content, in a folder of its own."""

import os
import re
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
    "moderator": (
        "SELECT u.public_id FROM accounts_user u JOIN accounts_rolegrant g ON g.user_id = u.id"
        " WHERE g.role = 'moderator' ORDER BY u.id LIMIT 1"
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
    }
    for words in (["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"], ["seed"]):
        subprocess.run(_kenes(*words), env=environment, check=True, capture_output=True, timeout=120)
    log = folder / "server.log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            _kenes("serve", "--port", "0", "--no-worker"), env=environment, stdout=sink, stderr=sink
        )
        try:
            yield Site(_address(log, server), _names(folder / "var"))
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def _kenes(*words: str) -> list[str]:
    return [sys.executable, "-m", "kenes.config.command", *words]


def _address(log: Path, server: "subprocess.Popen[bytes]") -> str:
    """Return the address that the server says it is at, once it answers there."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        said = re.search(r"Kenes is at (http://[\d.:]+)/", log.read_text(encoding="utf-8"))
        if said and _answers(f"{said[1]}/robots.txt"):
            return said[1]
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _names(folder: Path) -> dict[str, str]:
    (path,) = [path for path in folder.glob("*.sqlite3") if _has_meetings(path)]
    with closing(sqlite3.connect(path)) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in NAMES.items()}


def _has_meetings(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'programme_meeting'"
        return bool(database.execute(query).fetchone()[0])
