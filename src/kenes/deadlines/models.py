"""Terms: what is due and when, with a ledger that is never overwritten."""

from django.conf import settings
from django.db import models

from kenes.core.append_only import AppendOnlyModel
from kenes.core.ids import new_public_id


class Term(models.Model):
    """The term of one object named by (kind, public id). `due_on` repeats the ledger's last line."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="term_object"),
            models.Index(fields=["due_on"], condition=models.Q(closed_at=None), name="term_open_due"),
        ]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_id} due {self.due_on}"


class TermEntry(AppendOnlyModel):
    """A line of the ledger: the due date before and after, by whom, when and why. Never changed."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="entries")
    old_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.due_on}"
