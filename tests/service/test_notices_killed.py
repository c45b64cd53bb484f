"""Letters and deliveries that are due when everything is killed go out after the restart, and once."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from notices.receivers import Receiver, listening
from servers import free_port
from service.served import ServedSite

pytestmark = pytest.mark.service

PREPARE = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from kenes.following.actions import leave_contact
from kenes.following.actions.subscribing import confirm_subscription
from kenes.notices.actions import add_endpoint
from kenes.notices.actions.endpoints import EndpointPlan
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting
from kenes.questions.actions import ask_question
now = timezone.now()
meeting = Meeting.objects.get()
guest = join_meeting(meeting, name="Guest", user=None, previous=None, at=now)
question = ask_question(
    meeting, participant=guest, text="Балабақша қашан?", language="kk", is_anonymous=True, at=now
)
left = leave_contact(
    question, channel="email", address="asker@example.org", language="kk", at=now - timedelta(days=1)
)
confirm_subscription(left, at=now)
from kenes.notices.models import Message
Message.objects.all().delete()
add_endpoint(EndpointPlan({url!r}, ["question.answered"], "", True, "s" * 32), by=None, at=now)
"""
ANSWER = """
import django
django.setup()
from django.utils import timezone
from kenes.questions.actions import SpokenAnswer, answer_aloud
from kenes.questions.models import Question
question = Question.objects.get()
spoken = SpokenAnswer("Басқарма басшысы", "Қыркүйекте.", "kk")
answer_aloud(question, by=None, at=timezone.now(), spoken=spoken)
"""
# The lease of what was under way has run out: three minutes have passed.
LATER = """
import django
django.setup()
from django.utils import timezone
from kenes.notices.models import Message
Message.objects.filter(state="sending").update(not_before=timezone.now())
"""


class Inbox:
    """Takes mail, each after a pause."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.pause = 0.0
        self.begun = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.begun += 1
        await asyncio.sleep(self.pause)
        self.mails.append(BytesParser(policy=default).parsebytes(envelope.content))  # type: ignore[arg-type]
        return "250 taken"


@contextmanager
def mail_server(inbox: Inbox, port: int) -> Iterator[None]:
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


class NotifyingSite(ServedSite):
    """A site whose webhooks may go to this machine."""

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "KENES_WEBHOOKS_TO_PRIVATE": "on"}


class World:
    """A site with its worker, a mail server and another system."""

    def __init__(self, prepared: Path, folder: Path) -> None:
        self.inbox, self.receiver = Inbox(), Receiver(port=free_port())
        self.mail_port = free_port()
        self.site = NotifyingSite(prepared, folder, with_worker=True)
        self.site.change_from_elsewhere(PREPARE.replace("{url!r}", repr(self.receiver.url)))

    def start(self) -> None:
        self.site.start(
            KENES_EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            KENES_EMAIL_HOST="127.0.0.1",
            KENES_EMAIL_PORT=str(self.mail_port),
        )

    def kill_all(self) -> None:
        """End the server and its worker as a power cut would."""
        children = Path(f"/proc/{self.site.pid}/task/{self.site.pid}/children").read_text().split()
        self.site.kill()
        for child in children:
            os.kill(int(child), signal.SIGKILL)

    def messages(self) -> list[tuple[str, str, int]]:
        rows = self.site.rows("SELECT channel, state, maybe_repeated FROM notices_message ORDER BY channel")
        return [(channel, state, repeated) for channel, state, repeated in rows]


def wait_until(condition: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@pytest.fixture
def world(prepared: Path, tmp_path: Path) -> Iterator[World]:
    made = World(prepared, tmp_path / "site")
    yield made
    made.site.stop()


def test_what_is_due_when_all_is_killed_goes_out_after_the_restart_once(world: World) -> None:
    world.start()
    world.kill_all()
    world.site.change_from_elsewhere(ANSWER)  # the act is durable; nobody was there to tell
    with mail_server(world.inbox, world.mail_port), listening(world.receiver):
        world.start()
        wait_until(lambda: world.inbox.mails and world.receiver.requests)
        wait_until(lambda: [state for _, state, _ in world.messages()] == ["sent", "sent"])
        time.sleep(2.5)  # two more looks into the outbox
    assert (len(world.inbox.mails), len(world.receiver.requests)) == (1, 1)
    assert world.messages() == [("email", "sent", 0), ("webhook", "sent", 0)]
    assert world.inbox.mails[0]["To"] == "asker@example.org"


def test_what_was_under_way_when_all_was_killed_is_repeated_and_marked(world: World) -> None:
    world.inbox.pause = world.receiver.pause = 4.0
    with mail_server(world.inbox, world.mail_port), listening(world.receiver):
        world.start()
        world.site.change_from_elsewhere(ANSWER)
        wait_until(lambda: world.inbox.begun and world.receiver.requests)
        world.kill_all()
        assert [state for _, state, _ in world.messages()] == ["sending", "sending"]
        world.inbox.pause = world.receiver.pause = 0.0
        world.site.change_from_elsewhere(LATER)
        world.start()
        wait_until(lambda: [state for _, state, _ in world.messages()] == ["sent", "sent"])
    assert world.messages() == [("email", "sent", 1), ("webhook", "sent", 1)]
    assert len({request.headers["Kenes-Delivery"] for request in world.receiver.requests}) == 1
    assert len({mail["Message-ID"] for mail in world.inbox.mails}) == 1
    assert [secret in world.site.log() for secret in ("asker@example.org", "/own/")] == [False, False]
