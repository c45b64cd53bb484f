"""`kenes serve` as a process of its own, on a free port, with one open room."""

import json
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

import servers
from servers import Server

ROOM = "AKM-1"

_PREPARE = f"""
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from factories import a_meeting
meeting = a_meeting(is_open=True)
assert meeting.code == {ROOM!r}, meeting.code
"""
_CHANGE = f"""
import django
django.setup()
from django.utils import timezone
from kenes.programme.models import Meeting
from kenes.programme.actions import note_presence
meeting = Meeting.objects.get(code={ROOM!r})
note_presence(meeting, present=meeting.present + 1, at=timezone.now())
"""


def environment(folder: Path, database_url: str = "") -> dict[str, str]:
    return servers.environment(folder, KENES_DATABASE_URL=database_url, KENES_DEBUG="on")


def prepare(folder: Path, database_url: str = "") -> None:
    """Make a database with one open room in `folder`."""
    command = [sys.executable, "-c", _PREPARE]
    subprocess.run(command, env=environment(folder, database_url), check=True, timeout=120)


class ServedSite(Server):
    """The prepared room in a folder of its own, served."""

    def __init__(
        self, prepared: Path, folder: Path, database_url: str = "", *, with_worker: bool = False
    ) -> None:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        super().__init__(folder, *([] if with_worker else ["--no-worker"]))
        self.database_url = database_url
        self.room = f"{self.url}/live/rooms/{ROOM}"

    def start(self, **variables: str) -> None:
        """Start the server, with further settings, and wait until it takes requests."""
        self.serve(self.environment() | variables)

    def environment(self) -> dict[str, str]:
        return environment(self.folder, self.database_url)

    def mails(self) -> list[str]:
        """Return what the worker has sent: without a mail server it is kept in files."""
        return [path.read_text("utf-8") for path in (self.folder / "mail").glob("*")]

    def change_from_elsewhere(self, statements: str = _CHANGE) -> None:
        """Change the room from another process, as the worker or a command would."""
        command = [sys.executable, "-c", statements]
        subprocess.run(command, env=self.environment(), check=True, timeout=60)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "kenes.sqlite3")) as database:
            return database.execute(query).fetchall()


class Participant:
    """Somebody in the room, by the documented protocol alone."""

    def __init__(self, room: str, client: httpx.Client) -> None:
        self._room = room
        self._client = client
        joined = client.post(f"{room}/join", json={"name": "Guest"})
        assert joined.status_code == 201, joined.text
        self.token = joined.json()["token"]
        client.cookies.clear()  # the next one to join by this client is somebody else

    def headers(self, key: str = "") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or str(uuid.uuid4())}

    def ask(self, text: str, key: str = "") -> httpx.Response:
        body = {"text": text, "language": "kk"}
        return self._client.post(f"{self._room}/questions", json=body, headers=self.headers(key))

    def vote(self, code: str, key: str = "") -> httpx.Response:
        return self._client.post(f"{self._room}/questions/{code}/vote", headers=self.headers(key))


def frame_of(block: str) -> dict[str, Any] | None:
    """Return the frame of one block of a stream, or None where it holds none."""
    lines = [line[6:] for line in block.splitlines() if line.startswith("data: ")]
    frame: dict[str, Any] | None = json.loads("\n".join(lines)) if lines else None
    return frame
