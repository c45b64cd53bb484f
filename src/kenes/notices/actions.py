"""Writes of the outbox: wishing for a message, claiming it for sending, noting what became of it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kenes.notices.models import Message
from kenes.notices.rules import LEASE, RETRY_PAUSES
from kenes.notices.states import MessageState

ERROR_LENGTH = 300
SUBJECT_LENGTH = 300


def send_mail_later(*, key: str, to: str, language: str, subject: str, body: str, at: datetime) -> Message:
    """Write an e-mail into the outbox, in the caller's transaction; the same `key` is written once.

    The worker sends it after the commit. Line breaks in the subject become spaces.
    """
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            "subject": " ".join(subject.split())[:SUBJECT_LENGTH],
            "body": body,
            "created_at": at,
            "not_before": at,
        },
    )
    return message


def claim_due_messages(*, at: datetime, limit: int) -> list[Message]:
    """Take up to `limit` due messages for sending, for the time of a lease.

    A message still `sending` when its lease has run out was claimed by a worker that died: it may
    have gone out already, so it is marked `maybe_repeated` and taken again.
    """
    due = Q(state__in=[MessageState.WAITING, MessageState.SENDING], not_before__lte=at)
    # Asked outside the transaction: an idle outbox, looked at each second, takes no writer's turn.
    if not Message.objects.filter(due).exists():
        return []
    with transaction.atomic():
        messages = list(Message.objects.select_for_update().filter(due).order_by("not_before", "pk")[:limit])
        for message in messages:
            message.maybe_repeated = message.maybe_repeated or message.state == MessageState.SENDING
            message.state = MessageState.SENDING
            message.not_before = at + LEASE
            message.attempts += 1
        Message.objects.bulk_update(messages, ["state", "maybe_repeated", "not_before", "attempts"])
    return messages


def note_sent(message: Message, *, at: datetime) -> None:
    """Note that the mail server took the message."""
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=at, last_error="")


def note_failure(message: Message, *, error: str, is_final: bool, at: datetime) -> None:
    """Note that the message did not go out; it waits for a growing pause, or has failed for good."""
    gives_up = is_final or message.attempts > len(RETRY_PAUSES)
    pause = timedelta(0) if gives_up else RETRY_PAUSES[message.attempts - 1]
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED if gives_up else MessageState.WAITING,
        not_before=at + pause,
        last_error=error[:ERROR_LENGTH],
    )


def forget_old_messages(*, before: datetime) -> int:
    """Delete messages done with (people's addresses) and older than that time; return how many."""
    done = Message.objects.filter(state__in=[MessageState.SENT, MessageState.FAILED])
    deleted, _ = done.filter(created_at__lt=before).delete()
    return deleted


def forget_messages_to(address: str) -> int:
    """Delete every message to a person who is erased, sent or not; return how many."""
    deleted, _ = Message.objects.filter(to=address).delete()
    return deleted
