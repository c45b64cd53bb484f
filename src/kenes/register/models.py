"""What the search has read of each question, how far it has read each room, and files asked for.

The words themselves stand in `register_words`, a table made for full-text search in each database's
own way (migration `0002`): FTS5 on SQLite, a `tsvector` on PostgreSQL.
"""

from django.db import models

from kenes.core.ids import new_public_id
from kenes.live.models import Feed
from kenes.questions.models import Question
from kenes.register.states import ExportFormat, ExportState


class Entry(models.Model):
    """One question as the search knows it.

    `digest` is that of what was read, so that votes change nothing here.
    """

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.CASCADE, related_name="register_entry"
    )
    digest = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"entry of {self.question_id}"


class ReadFeed(models.Model):
    """How far the search has read a room's feed: up to the question `last_question` of `version`.

    `rules` is the edition of the rules its words were made by: another edition reads the room anew.
    `drops` is how many times words were dropped behind the worker's back.
    """

    feed = models.OneToOneField(Feed, primary_key=True, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveBigIntegerField(default=0)
    last_question = models.PositiveBigIntegerField(default=0)
    rules = models.PositiveIntegerField(default=0)
    drops = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"feed {self.feed_id} read to {self.version}"


class Export(models.Model):
    """A file of the register asked for: `query` is the list's address, without order and place."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    format = models.CharField(max_length=4, choices=ExportFormat.choices)
    query = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="export_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ExportState.values), name="export_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.public_id}"
