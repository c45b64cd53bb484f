"""`kenes serve` over the demonstration's data, started, killed and started again by a test."""

from pathlib import Path

from servers import Server, environment, kenes, lay_demo

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
for kind, url in [("youtube", "https://youtu.be/abcdefghijk"), ("hls", "https://video.example.org/a.m3u8"),
                  ("audio", "https://video.example.org/sound.mp3")]:
    add_stream(room, StreamPlan(kind=kind, url=url, language=""), by=None, at=timezone.now())
print(room.code, session.session_key)
"""


class RoomServer(Server):
    """A server of one room, whose names are known once it is prepared."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "--no-worker")
        self.room = ""
        self.session_key = ""

    def prepare(self) -> None:
        """Lay the demonstration, with a moderator signed in."""
        lay_demo(self.environment())
        told = kenes("shell", "-v0", "-c", PREPARE, env=self.environment())
        self.room, self.session_key = told.split()[-2:]

    def start(self) -> None:
        """Serve, and wait until it answers."""
        self.serve(self.environment())

    def environment(self) -> dict[str, str]:
        """Return what the server and its commands are told."""
        return environment(
            self.folder / "var",
            KENES_STATIC_DIR=str(self.folder / "static"),
            KENES_PUBLIC_URL=self.url,
            KENES_DEMO="on",
            KENES_TOTP_ROLES="administrator",
        )
