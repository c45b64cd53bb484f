"""States of a message in the outbox."""

from django.db.models import TextChoices


class MessageState(TextChoices):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
