"""The outbox: what is to leave the process, written in the transaction that wants it."""

from django.db import models

from kenes.notices.states import MessageState


class Message(models.Model):
    """One e-mail. `key` makes the wish idempotent: the same key is written once."""

    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=12, choices=MessageState.choices, default=MessageState.WAITING)
    to = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The worker died between sending and noting it: the person may have got it twice.
    maybe_repeated = models.BooleanField(default=False)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="message_due")]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
