"""Writes of the outbox: wishing for a message, claiming it for sending, noting what became of it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kenes.notices.models import Message, WebhookEndpoint
from kenes.notices.rules import LEASE, RETRY_PAUSES
from kenes.notices.states import Channel, EndpointState, MessageState
from kenes.notices.wishes import Announcement, Letter

ERROR_LENGTH = 300
SUBJECT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Taken:
    """What the other side said when it took a message: its id of it, or the status of its answer."""

    provider_id: str = ""
    response_status: int | None = None


def send_mail_later(*, key: str, to: str, language: str, subject: str, body: str, at: datetime) -> Message:
    """Write an e-mail into the outbox, in the caller's transaction; the same `key` is written once.

    The worker sends it after the commit. Line breaks in the subject become spaces.
    """
    letter = Letter(key, to, language, subject, body)
    message, _ = Message.objects.get_or_create(key=key, defaults=_fields_of(letter, at=at))
    return message


def send_letters_later(letters: Iterable[Letter], *, at: datetime) -> None:
    """Write letters into the outbox in one statement, in the caller's transaction, each key once."""
    rows = [Message(key=letter.key, **_fields_of(letter, at=at)) for letter in letters]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def announce(announcements: Iterable[Announcement], *, at: datetime) -> None:
    """Write a delivery for every active endpoint that chose the event, each once.

    Where there is no endpoint, the announcements are not asked for.
    """
    endpoints = list(WebhookEndpoint.objects.filter(state=EndpointState.ACTIVE))
    if not endpoints:
        return
    rows = [
        Message(
            key=f"{announcement.key}>{endpoint.public_id}",
            channel=Channel.WEBHOOK,
            endpoint=endpoint,
            subject=announcement.event,
            body=announcement.body,
            created_at=at,
            not_before=at,
        )
        for announcement in announcements
        for endpoint in endpoints
        if announcement.event in endpoint.events
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def claim_due_messages(
    *, at: datetime, limit: int, channels: Collection[Channel] = tuple(Channel)
) -> list[Message]:
    """Take up to `limit` due messages of the channels for sending, for the time of a lease.

    A message still `sending` when its lease has run out was claimed by a worker that died: it may
    have gone out already, so it is marked `maybe_repeated` and taken again.
    """
    due = Q(
        state__in=[MessageState.WAITING, MessageState.SENDING], not_before__lte=at, channel__in=list(channels)
    )
    # Asked outside the transaction: an idle outbox, looked at each second, takes no writer's turn.
    if not Message.objects.filter(due).exists():
        return []
    with transaction.atomic():
        locked = Message.objects.select_for_update(of=("self",)).filter(due).select_related("endpoint")
        messages = list(locked.order_by("not_before", "pk")[:limit])
        for message in messages:
            message.maybe_repeated = message.maybe_repeated or message.state == MessageState.SENDING
            message.state = MessageState.SENDING
            message.not_before = at + LEASE
            message.attempts += 1
        Message.objects.bulk_update(messages, ["state", "maybe_repeated", "not_before", "attempts"])
    return messages


def note_sent(message: Message, *, at: datetime, taken: Taken = Taken()) -> None:
    """Note that the other side took the message; of a private one address and words are erased."""
    emptied = {"to": "", "subject": "", "body": "", "unsubscribe": ""} if message.is_private else {}
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT,
        sent_at=at,
        last_error="",
        provider_id=taken.provider_id,
        response_status=taken.response_status,
        **emptied,
    )


def note_failure(message: Message, *, error: str, is_final: bool, at: datetime) -> None:
    """Note that the message did not go out; it waits for a growing pause, or has failed for good."""
    gives_up = is_final or message.attempts > len(RETRY_PAUSES)
    pause = timedelta(0) if gives_up else RETRY_PAUSES[message.attempts - 1]
    emptied = {"to": "", "subject": "", "body": ""} if gives_up and message.is_private else {}
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED if gives_up else MessageState.WAITING,
        not_before=at + pause,
        last_error=error[:ERROR_LENGTH],
        response_status=message.response_status,
        **emptied,
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


def forget_messages_of(prefix: str) -> int:
    """Delete every message that has not left whose key begins so; return how many."""
    left = Message.objects.filter(key__startswith=prefix).exclude(state=MessageState.SENT)
    deleted, _ = left.delete()
    return deleted


def take_out_of_messages(mentioning: str, change: Callable[[str, str], str]) -> int:
    """Change the words of every message that has not left and names this code; return how many changed.

    `change` takes a text and its language. Of a claimed one too: its worker may have died.
    """
    unsent = Message.objects.select_for_update(of=("self",)).exclude(state=MessageState.SENT)
    changed = 0
    with transaction.atomic():
        for message in unsent.filter(body__contains=mentioning, endpoint=None):
            words = change(message.subject, message.language), change(message.body, message.language)
            if words != (message.subject, message.body):
                message.subject, message.body = words
                message.save(update_fields=["subject", "body"])
                changed += 1
    return changed


def _fields_of(letter: Letter, *, at: datetime) -> dict[str, object]:
    return {
        "channel": letter.channel,
        "to": letter.to,
        "language": letter.language,
        "subject": " ".join(letter.subject.split())[:SUBJECT_LENGTH],
        "body": letter.body,
        "unsubscribe": letter.unsubscribe,
        "is_private": letter.is_private,
        "created_at": at,
        "not_before": at,
    }
