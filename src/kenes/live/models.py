"""Feeds, their rows, the epoch, and the acts already answered."""

from typing import ClassVar

from django.db import models


class Feed(models.Model):
    """A versioned feed: what a room shows, changed only in a transaction that takes the next version."""

    key = models.CharField(max_length=80, unique=True)
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key} @ {self.version}"


class Epoch(models.Model):
    """The instance's epoch (one row); renewed when a back-up is restored."""

    value = models.CharField(max_length=32)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.value


class AnsweredAct(models.Model):
    """The first result of an act, kept at least 7 days under (participant, idempotency key)."""

    participant_id = models.BigIntegerField()
    key = models.UUIDField()
    digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    result = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "participant_id"], name="answered_act_once")]

    def __str__(self) -> str:
        return f"{self.participant_id}:{self.key}"


class RevokedParticipant(models.Model):
    """A participant whose tokens are no longer taken (the deny list's durable copy)."""

    participant_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.participant_id)


class FeedRow(models.Model):
    """A row that a feed shows. `version`: the feed's version when it last changed.

    Per stream it keeps the version at which it entered and left (null: never, or not left), so
    that a row never published leaks nothing. Every row is on the desk's stream.
    """

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveBigIntegerField(default=0)
    public_since = models.PositiveBigIntegerField(null=True, blank=True)
    public_until = models.PositiveBigIntegerField(null=True, blank=True)
    speaker_since = models.PositiveBigIntegerField(null=True, blank=True)
    speaker_until = models.PositiveBigIntegerField(null=True, blank=True)

    FEED_FIELDS: ClassVar[tuple[str, ...]] = (
        "version",
        "public_since",
        "public_until",
        "speaker_since",
        "speaker_until",
    )

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["feed", "version"], name="%(class)s_feed_version")]
