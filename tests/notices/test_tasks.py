"""Sending: once, over a real SMTP conversation, also when the worker is killed in the middle of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler

from kenes.notices.actions import send_mail_later
from kenes.notices.models import Message
from kenes.notices.rules import LEASE
from kenes.notices.states import MessageState
from kenes.notices.tasks import send_due_messages
from servers import free_port

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)


class Inbox(MailHandler):
    """Keeps what it gets; slow, or refusing, when told so."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []
        self.refusal = ""

    def handle_message(self, message: Mail) -> None:
        self.mails.append(message)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # type: ignore[no-untyped-def]  # noqa: N802
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def inbox(settings) -> Iterator[Inbox]:  # type: ignore[no-untyped-def]
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield handler
    controller.stop()


def wish(key: str = "answer:1") -> Message:
    return send_mail_later(
        key=key, to="asker@example.org", language="kk", subject="Жауап", body="Жауап берілді.", at=AT
    )


@pytest.mark.django_db
def test_a_due_message_is_sent_once(inbox: Inbox) -> None:
    message = wish()
    assert send_due_messages(at=AT) == 1
    assert send_due_messages(at=AT + timedelta(days=1)) == 0
    message.refresh_from_db()
    (mail,) = inbox.mails
    assert (message.state, mail["Content-Language"], mail["To"]) == ("sent", "kk", "asker@example.org")


@pytest.mark.django_db
def test_a_refusal_for_good_is_not_tried_again(inbox: Inbox) -> None:
    message = wish()
    inbox.refusal = "550 no such mailbox"
    send_due_messages(at=AT)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


@pytest.mark.django_db
def test_a_passing_refusal_is_tried_again(inbox: Inbox) -> None:
    message = wish()
    inbox.refusal = "451 later"
    send_due_messages(at=AT)
    inbox.refusal = ""
    assert send_due_messages(at=AT + timedelta(minutes=2)) == 1
    message.refresh_from_db()
    assert (message.state, message.maybe_repeated, len(inbox.mails)) == (MessageState.SENT, False, 1)


@pytest.mark.django_db
def test_an_unreachable_server_leaves_the_message_waiting(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = wish()
    send_due_messages(at=AT)
    message.refresh_from_db()
    assert message.state == MessageState.WAITING


@pytest.mark.service
def test_a_worker_killed_between_sending_and_noting_repeats_and_says_so(tmp_path: Path) -> None:
    """Two processes: the first is killed right after the server took the mail, the second finishes."""
    environment = {
        **os.environ,
        "KENES_DATA_DIR": str(tmp_path),
        "KENES_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "DJANGO_SETTINGS_MODULE": "kenes.config.settings",
        "PYTHONPATH": "src",
    }
    prepare = (
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from datetime import datetime, UTC\n"
        "from kenes.notices import actions, tasks\n"
        "at = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)\n"
        "actions.send_mail_later(key='k', to='a@example.org', language='kk', subject='s', body='b', at=at)\n"
        "import os, signal\n"
        "tasks.note_sent = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        "tasks.send_due_messages(at=at)\n"
    )
    first = subprocess.run([sys.executable, "-c", prepare], env=environment, check=False, timeout=60)
    assert first.returncode == -signal.SIGKILL
    time.sleep(0.01)  # the file's name carries the time
    finish = (
        "import django; django.setup()\n"
        "from datetime import datetime, UTC, timedelta\n"
        "from kenes.notices import tasks\n"
        "from kenes.notices.models import Message\n"
        f"at = datetime(2026, 2, 3, 10, 0, tzinfo=UTC) + timedelta(seconds={LEASE.total_seconds()})\n"
        "tasks.send_due_messages(at=at)\n"
        "message = Message.objects.get()\n"
        "print(message.state, message.maybe_repeated, message.attempts)\n"
    )
    second = subprocess.run(
        [sys.executable, "-c", finish],
        env=environment,
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert second.stdout.split() == ["sent", "True", "2"]
    assert len(list((tmp_path / "mail").iterdir())) == 2
