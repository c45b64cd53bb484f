"""A real server with the demonstration's content, in a folder of its own."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers import Server, environment, lay_demo

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
    "officer": (
        "SELECT u.public_id FROM accounts_user u JOIN accounts_rolegrant g ON g.user_id = u.id"
        " WHERE g.role = 'officer' ORDER BY u.id LIMIT 1"
    ),
    "head": (
        "SELECT u.public_id FROM accounts_user u JOIN accounts_membership m ON m.user_id = u.id"
        " WHERE m.kind = 'head' ORDER BY u.id LIMIT 1"
    ),
    "unit": (
        "SELECT o.public_id FROM organisations_organisation o JOIN accounts_membership m"
        " ON m.organisation_id = o.id WHERE m.kind = 'head' ORDER BY m.user_id LIMIT 1"
    ),
    "owed": ("SELECT q.code FROM questions_question q WHERE q.state = 'assigned' ORDER BY q.id LIMIT 1"),
    "question": "SELECT code FROM questions_question WHERE state = 'answered' ORDER BY id LIMIT 1",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server is, the names of the demonstration's objects for addresses, and its environment."""

    url: str
    names: Mapping[str, str]
    env: Mapping[str, str]


@contextmanager
def demo_site(folder: Path) -> Iterator[Site]:
    """Serve the demonstration from a fresh folder until the block ends."""
    data = folder / "var"
    env = environment(data, KENES_STATIC_DIR=str(folder / "static"), KENES_DEMO="on")
    lay_demo(env)
    server = Server(folder, "--no-worker")
    try:
        server.serve(env)
        yield Site(server.url, _names(data), env)
    finally:
        server.stop()


def _names(folder: Path) -> dict[str, str]:
    (path,) = [path for path in folder.glob("*.sqlite3") if _has_meetings(path)]
    with closing(sqlite3.connect(path)) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in NAMES.items()}


def _has_meetings(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'programme_meeting'"
        return bool(database.execute(query).fetchone()[0])
