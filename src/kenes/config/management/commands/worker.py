"""`kenes worker`: sends the outbox and keeps the record's log each second, and runs the queue's jobs."""

import logging
import os
import signal
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from kenes.config.data_folder import WORKER, use_data_folder
from kenes.core.jobs import jobs
from kenes.following.tasks import tell_what_waits
from kenes.live.threads import tidy_connections
from kenes.notices.states import Channel
from kenes.notices.tasks import send_due_messages
from kenes.questions.actions import log_earlier_questions
from kenes.record.tasks import keep_log
from kenes.register.tasks import keep_register

logger = logging.getLogger(__name__)

OUTBOX_SECONDS = 1.0
LOG_SECONDS = 1.0
REGISTER_SECONDS = 2.0
LETTERS = frozenset({Channel.EMAIL, Channel.TEXT})
LAST_SECONDS = 5.0


class Command(BaseCommand):
    help = "Send mail and run jobs; `kenes serve` starts and keeps one by itself."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--child", action="store_true", help="end when the standard input closes")

    def handle(self, *args: Any, **options: Any) -> None:
        use_data_folder()
        use_data_folder(WORKER)
        if options["child"]:
            threading.Thread(target=_leave_with_parent, daemon=True, name="parent").start()
        autodiscover_modules("tasks")
        # Apart, so that another system which answers slowly holds up no letter.
        for name, channels in (("letters", LETTERS), ("webhooks", frozenset({Channel.WEBHOOK}))):
            threading.Thread(target=_send_outbox, args=[channels], daemon=True, name=name).start()
        threading.Thread(target=_tell, daemon=True, name="telling").start()
        threading.Thread(target=_keep_log, daemon=True, name="log").start()
        threading.Thread(target=_keep_register, daemon=True, name="register").start()
        logging.getLogger("huey").setLevel(logging.WARNING)
        jobs.create_consumer(workers=1, max_delay=1.0, graceful_signal="INT", shutdown_timeout=1).run()


def _send_outbox(channels: frozenset[Channel]) -> None:
    """Send what is due, for ever; a failure of the database is logged and tried again."""
    pause = threading.Event()
    while not pause.wait(OUTBOX_SECONDS):
        try:
            while send_due_messages(at=timezone.now(), channels=channels):
                pass
        except Exception:
            logger.exception("The outbox could not be sent")
        finally:
            tidy_connections()


def _tell() -> None:
    """Make letters and deliveries of what happened, for ever; a failure is logged and tried again."""
    pause = threading.Event()
    while not pause.wait(OUTBOX_SECONDS):
        try:
            while tell_what_waits(at=timezone.now()):
                pass
        except Exception:
            logger.exception("What happened could not be told")
        finally:
            tidy_connections()


def _keep_log() -> None:
    """Keep the record's log in order and signed, for ever; a failure is logged and tried again."""
    pause = threading.Event()
    has_earlier = True
    while not pause.wait(LOG_SECONDS):
        try:
            if has_earlier:  # a site that was there before the log
                log_earlier_questions()
                has_earlier = False
            keep_log(at=timezone.now())
        except Exception:
            logger.exception("The record's log could not be kept")
        finally:
            tidy_connections()


def _keep_register() -> None:
    """Keep the register's search in step, for ever; a failure is logged and tried again."""
    pause = threading.Event()
    while not pause.wait(REGISTER_SECONDS):
        try:
            keep_register()
        except Exception:
            logger.exception("The register's search could not be kept in step")
        finally:
            tidy_connections()


def _leave_with_parent() -> None:
    """Wait until the parent is gone (its end of the pipe closes, however it ended), then leave."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(LAST_SECONDS)
    os._exit(1)
