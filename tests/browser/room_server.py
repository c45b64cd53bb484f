"""`kenes serve` over the demonstration's data, started, killed and started again by a test."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 10
# Signs a moderator in and opens a room with one question on it; prints both names.
PREPARE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from kenes.accounts.models import RoleGrant, User
from django.utils import timezone
from kenes.programme.actions import add_stream
from kenes.programme.models import Meeting
from kenes.programme.plans import StreamPlan
user, _ = User.objects.get_or_create(email="moderator@example.org", defaults={"name": "Moderator"})
RoleGrant.objects.get_or_create(user=user, role="moderator", organisation=None)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
room = Meeting.objects.filter(state="open").order_by("pk").first()
for kind, url in [("youtube", "https://youtu.be/abcdefghijk"), ("hls", "https://video.example.org/a.m3u8")]:
    add_stream(room, StreamPlan(kind=kind, url=url, language=""), by=None, at=timezone.now())
print(room.code, session.session_key)
"""


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class RoomServer:
    """A server in a folder of its own; its address stays the same over restarts."""

    folder: Path
    port: int = field(default_factory=free_port)
    room: str = ""
    session_key: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Lay the database, the demonstration and the static files."""
        for words in (["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"], ["seed"]):
            self._run(*words)
        told = self._run("shell", "-v0", "-c", PREPARE)
        self.room, self.session_key = told.split()[-2:]

    def start(self) -> None:
        """Serve, and wait until it answers."""
        log = (self.folder / "server.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                self._kenes("serve", "--no-worker", "--port", str(self.port)),
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise RuntimeError((self.folder / "server.log").read_text()[-2000:])

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, or with SIGKILL let it die."""
        if self.process is not None:
            self.process.send_signal(sign)
            self.process.wait(STOP_SECONDS)
            self.process = None

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            self._kenes(*words), env=self._environment(), check=True, capture_output=True, timeout=180
        )
        return done.stdout.decode()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "KENES_DATA_DIR": str(self.folder / "var"),
            "KENES_STATIC_DIR": str(self.folder / "static"),
            "KENES_PUBLIC_URL": self.url,
            "KENES_DEMO": "on",
            "KENES_RATE_LIMITS": "off",
            "KENES_TOTP_ROLES": "administrator",
        }

    @staticmethod
    def _kenes(*words: str) -> list[str]:
        return [sys.executable, "-m", "kenes.config.command", *words]
