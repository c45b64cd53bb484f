"""The append-only record of what was done."""

from django.conf import settings
from django.db import models

from kenes.core.append_only import AppendOnlyModel


class Entry(AppendOnlyModel):
    """One act on one object, named by (kind, public id). Never changed, never removed.

    Triggers hold the same against plain SQL. Only `by` may become null: a person who is erased
    leaves the act and their role.
    """

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="entry_object")]

    def __str__(self) -> str:
        return f"{self.act} {self.object_kind} {self.object_id}"
