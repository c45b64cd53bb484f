"""The worker's part: sends what is due in the outbox. The network is never inside a transaction."""

import hashlib
import logging
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from huey import crontab

from kenes.core.jobs import jobs
from kenes.notices.actions import claim_due_messages, forget_old_messages, note_failure, note_sent
from kenes.notices.models import Message
from kenes.notices.rules import KEPT_FOR

logger = logging.getLogger(__name__)
# Small, so that all of a batch goes out well within its lease.
BATCH = 5


def send_due_messages(*, at: datetime) -> int:
    """Send one batch of due messages over one connection; return how many were taken."""
    messages = claim_due_messages(at=at, limit=BATCH)
    if not messages:
        return 0
    connection = get_connection()
    try:
        for message in messages:
            _send(message, connection, at=at)
    finally:
        connection.close()
    return len(messages)


def _send(message: Message, connection: BaseEmailBackend, *, at: datetime) -> None:
    try:
        _as_email(message, connection).send()
    except (SMTPException, OSError, ValueError) as error:
        logger.warning("Message %s was not sent: %s", message.pk, error)
        note_failure(message, error=_reason(error), is_final=_is_final(error), at=at)
    else:
        note_sent(message, at=at)


def _as_email(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    """Build the e-mail; its Message-ID comes from the key, so that a repeat can be known as one."""
    digest = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={
            "Message-ID": f"<{digest}@{host}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )


def _is_final(error: Exception) -> bool:
    """Say whether trying again is of no use: the server refuses for good, or the message is malformed."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return 550 <= error.smtp_code < 560
    return isinstance(error, ValueError)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


@jobs.periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]
def forget_messages() -> None:
    """Each hour: forget messages, with people's addresses, that are long done with."""
    forget_old_messages(before=timezone.now() - KEPT_FOR)
