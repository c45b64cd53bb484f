"""The worker's part: sends what is due in the outbox. The network is never inside a transaction."""

import logging
from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from huey import crontab

from kenes.core.jobs import jobs
from kenes.notices.actions import (
    claim_due_messages,
    forget_old_messages,
    note_endpoint,
    note_failure,
    note_sent,
)
from kenes.notices.models import Message
from kenes.notices.rules import KEPT_FOR
from kenes.notices.states import Channel
from kenes.notices.transports import TRANSPORTS, NotSent, Transport

logger = logging.getLogger(__name__)
# Small, so that all of a batch goes out well within its lease.
BATCH = 5


def send_due_messages(*, at: datetime, channels: Collection[Channel] = tuple(Channel)) -> int:
    """Send one batch of due messages, over one connection for each channel; return how many were taken."""
    messages = claim_due_messages(at=at, limit=BATCH, channels=channels)
    transports: dict[str, Transport] = {}
    try:
        for message in messages:
            if message.channel not in transports:
                transports[message.channel] = TRANSPORTS[Channel(message.channel)]()
            _send(message, transports[message.channel], at=at)
    finally:
        for transport in transports.values():
            transport.close()
    return len(messages)


def _send(message: Message, transport: Transport, *, at: datetime) -> None:
    is_sent = False
    try:
        taken = transport.send(message, at=at)
    except NotSent as error:
        logger.warning("Message %s was not sent: %s", message.pk, error)
        message.response_status = error.status
        note_failure(message, error=str(error), is_final=error.is_final, at=at)
    else:
        is_sent = True
        note_sent(message, at=at, taken=taken)
    if message.endpoint is not None:
        note_endpoint(message.endpoint, is_well=is_sent, at=at)


@jobs.periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]
def forget_messages() -> None:
    """Each hour: forget messages, with people's addresses, that are long done with."""
    forget_old_messages(before=timezone.now() - KEPT_FOR)
