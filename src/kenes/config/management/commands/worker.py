"""`kenes worker`: sends the outbox and keeps the record's log each second, and runs the queue's jobs."""

import logging
import os
import signal
import sys
import threading
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from kenes.config.data_folder import WORKER, use_data_folder
from kenes.config.rounds import start_round
from kenes.core.jobs import jobs
from kenes.following.tasks import tell_what_waits
from kenes.notices.states import Channel
from kenes.notices.tasks import send_due_messages
from kenes.questions.actions import log_earlier_questions
from kenes.record.tasks import keep_log
from kenes.register.actions import index_changed_questions

OUTBOX_SECONDS = 1.0
LOG_SECONDS = 1.0
REGISTER_SECONDS = 2.0
LETTERS = frozenset({Channel.EMAIL, Channel.TEXT})
WEBHOOKS = frozenset({Channel.WEBHOOK})
LAST_SECONDS = 5.0
# Rooms and pages come first: what the worker does may wait a moment while people ask and vote.
GIVES_WAY = 10


class Command(BaseCommand):
    help = "Send mail and run jobs; `kenes serve` starts and keeps one by itself."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--child", action="store_true", help="end when the standard input closes")

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(GIVES_WAY)
        use_data_folder()
        use_data_folder(WORKER)
        if options["child"]:
            threading.Thread(target=_leave_with_parent, daemon=True, name="parent").start()
        autodiscover_modules("tasks")
        # Apart, so that another system which answers slowly holds up no letter.
        start_round("letters", partial(_send_outbox, LETTERS), seconds=OUTBOX_SECONDS)
        start_round("webhooks", partial(_send_outbox, WEBHOOKS), seconds=OUTBOX_SECONDS)
        start_round("telling", lambda: tell_what_waits(at=timezone.now()), seconds=OUTBOX_SECONDS)
        start_round("log", _LogKeeping(), seconds=LOG_SECONDS)
        start_round("register", index_changed_questions, seconds=REGISTER_SECONDS)
        logging.getLogger("huey").setLevel(logging.WARNING)
        jobs.create_consumer(workers=1, max_delay=1.0, graceful_signal="INT", shutdown_timeout=1).run()


def _send_outbox(channels: frozenset[Channel]) -> int:
    """Send what is due; return how much it was."""
    return send_due_messages(at=timezone.now(), channels=channels)


class _LogKeeping:
    """Keeps the record's log in order and signed; first enters what a site had before there was a log."""

    def __init__(self) -> None:
        self._has_earlier = True

    def __call__(self) -> None:
        if self._has_earlier:
            log_earlier_questions()
            self._has_earlier = False
        keep_log(at=timezone.now())


def _leave_with_parent() -> None:
    """Wait until the parent is gone (its end of the pipe closes, however it ended), then leave."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(LAST_SECONDS)
    os._exit(1)
