"""Subscriptions with their sealed addresses, what happened, and who wishes never to be written to."""

from django.conf import settings
from django.db import models

from kenes.core.ids import new_public_id
from kenes.following.states import Kind, Pace, SubscriptionState, Topic
from kenes.notices.states import Channel
from kenes.questions.models import Question


class Subscription(models.Model):
    """An address and what it is told of. When it ends the row is deleted, and the address with it.

    `topic_key` is a question's or meeting's code, a session's public id, or a search's query. The
    address is sealed; `fingerprint` finds it again without telling it. `code_digest` is that of the
    digits which confirm a number.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    topic = models.CharField(max_length=10, choices=Topic.choices)
    topic_key = models.CharField(max_length=400)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    sealed_address = models.TextField()
    fingerprint = models.CharField(max_length=32, db_index=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    pace = models.CharField(max_length=8, choices=Pace.choices, default=Pace.AT_ONCE)
    state = models.CharField(max_length=8, choices=SubscriptionState.choices, default=SubscriptionState.ASKED)
    notice_version = models.CharField(max_length=20, help_text="the privacy notice that was shown")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    code_digest = models.CharField(max_length=64, blank=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)
    erase_on = models.DateField(null=True, blank=True, help_text="the question's end and the retention")
    told_on = models.DateField(null=True, blank=True, help_text="day of the last daily letter")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "topic_key", "fingerprint"], name="subscription_once"),
            models.UniqueConstraint(
                fields=["topic_key"], condition=models.Q(topic=Topic.OWN), name="subscription_own_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state=SubscriptionState.ASKED, confirmed_at=None)
                | models.Q(state=SubscriptionState.RUNNING, confirmed_at__isnull=False),
                name="subscription_confirmed_when_running",
            ),
        ]
        indexes = [models.Index(fields=["topic", "topic_key", "id"], name="subscription_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.public_id}"


class Happening(models.Model):
    """Something that happened to a question, written in its act; the worker tells everybody of it.

    `key` makes it idempotent. `passed` is the last subscription told, so that a worker that died
    goes on where it was.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    passed = models.BigIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=models.Q(taken_at=None), name="happening_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DigestLine(models.Model):
    """A happening that waits for the subscriber's daily letter."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="lines")
    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["subscription", "happening"], name="digest_line_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id} of {self.happening_id}"


class ConfirmationAsked(models.Model):
    """A confirmation that was asked for, by whomever: so many a day reach one address."""

    fingerprint = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["fingerprint", "at"], name="confirmation_asked")]

    def __str__(self) -> str:
        return f"{self.fingerprint} at {self.at}"


class Silence(models.Model):
    """An address whose owner wishes never to be written to; only its fingerprint is kept."""

    fingerprint = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.fingerprint
