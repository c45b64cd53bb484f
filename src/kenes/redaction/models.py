"""What was found in a text and decided about it, what was taken out, and the original for a time."""

from django.conf import settings
from django.db import models

from kenes.redaction.states import Certainty, HitKind, Outcome


class Review(models.Model):
    """One person's decisions about the findings in one text, named by (kind, public id, field).

    `hits` counts what the rules found when it was made.
    """

    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    hits = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="review_object")]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_id} {self.field}"


class Decision(models.Model):
    """What a review decided about one finding.

    `fingerprint` is a keyed hash of what was found: a text edited elsewhere needs no second review,
    and nothing personal is kept by it.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=12, choices=HitKind.choices)
    certainty = models.CharField(max_length=8, choices=Certainty.choices)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.kind}"


class Original(models.Model):
    """A text as it was before a redaction, sealed with the instance's key, until `kept_until`."""

    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    sealed = models.TextField(blank=True)
    kept_until = models.DateTimeField(db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="original_object")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(sealed=""), name="original_erased_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_id} {self.field} until {self.kept_until:%Y-%m-%d}"


class Span(models.Model):
    """One piece that was taken out: where it stood in the text before, of what kind, by whom and why."""

    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="spans")
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField(help_text="the character after the last")
    kind = models.CharField(max_length=12, choices=HitKind.choices)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="span_object")]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="span_not_empty")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.object_kind} {self.object_id}"
