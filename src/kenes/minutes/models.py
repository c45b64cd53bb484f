"""Versions of minutes and of summaries, remarks, the documents made of them."""

from django.conf import settings
from django.db import models

from kenes.core.ids import new_public_id
from kenes.files.models import Upload
from kenes.minutes.states import (
    IN_PROGRESS,
    DocumentFormat,
    DocumentStage,
    MinutesState,
    RenderingState,
    SummaryState,
)
from kenes.programme.models import Meeting


class Minutes(models.Model):
    """A version of a meeting's minutes: what it says never changes, only its state moves.

    `content` is computed (language-neutral, see docs/reference/minutes.md); `texts` are the parts a
    person wrote, by part and language. `digest`: SHA-256 (hex) of the canonical JSON of both, with
    commitments in the place of what is quoted of questions: that alone may have to go.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    moved_at = models.DateTimeField(help_text="when it came into its state")
    content = models.JSONField()
    texts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True, help_text="why this version was made; of a correction printed")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    finalised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state__in=sorted(IN_PROGRESS)),
                name="minutes_one_in_progress",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(state=MinutesState.FINAL), name="minutes_one_final"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MinutesState.values), name="minutes_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"minutes {self.meeting_id} v{self.version}"


class TakingOut(models.Model):
    """That something a final version quotes of a question was taken out; `shown` hashes what it says since.

    `at` is another one for each of a meeting's: by it the log's leaf is found.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="takings_out")
    question = models.CharField(max_length=40, help_text="the question's code")
    at = models.DateTimeField()
    shown = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.question}"


class Remark(models.Model):
    """What somebody asks to change in a version. `place` is a part's anchor: `questions`, `AKM-1-0003`."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="remarks")
    place = models.CharField(max_length=40)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    resolution = models.TextField(blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"on {self.place}"


class Rendering(models.Model):
    """The wish for a version's documents, which the worker looks for."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="renderings")
    stage = models.CharField(max_length=8, choices=DocumentStage.choices)
    state = models.CharField(
        max_length=8, choices=RenderingState.choices, default=RenderingState.WAITING, db_index=True
    )
    at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "stage"], name="rendering_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=RenderingState.values), name="rendering_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.stage}"


class Document(models.Model):
    """A version as a file in one language; its hash is the upload's."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="documents")
    stage = models.CharField(max_length=8, choices=DocumentStage.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    format = models.CharField(max_length=4, choices=DocumentFormat.choices)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "stage", "language", "format"], name="document_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.language} {self.format}"


class Summary(models.Model):
    """A version of a meeting's summary for the press.

    `texts` by language hold tokens (`{{ questions.asked }}`) in the place of every number; `figures`
    the numbers by key as counted at `at`, each with the records behind it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="summaries")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SummaryState.choices, default=SummaryState.DRAFT)
    moved_at = models.DateTimeField(help_text="when it came into its state")
    figures = models.JSONField()
    texts = models.JSONField()
    counted_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="summary_version_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(state=SummaryState.DRAFT), name="summary_one_draft"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state=SummaryState.APPROVED),
                name="summary_one_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SummaryState.values), name="summary_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"summary {self.meeting_id} v{self.version}"
