"""The append-only record of what was done."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models

from kenes.record.errors import RecordIsAppendOnly


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries to read and to append. The database's triggers hold the same against plain SQL."""

    def update(self, **fields: Any) -> NoReturn:
        raise RecordIsAppendOnly

    def delete(self) -> NoReturn:
        raise RecordIsAppendOnly

    def bulk_update(
        self, objs: Iterable["Entry"], fields: Iterable[str], batch_size: int | None = None
    ) -> NoReturn:
        raise RecordIsAppendOnly


class Entry(models.Model):
    """One act on one object, named by (kind, public id). Never changed, never removed.

    Only `by` may become null: a person who is erased leaves the act and their role.
    """

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    # The base manager stays Django's own: SET_NULL of a removed user goes through it.
    objects: ClassVar[models.Manager["Entry"]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="entry_object")]

    def __str__(self) -> str:
        return f"{self.act} {self.object_kind} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append the entry; one that is there already is refused."""
        if not self._state.adding:
            raise RecordIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RecordIsAppendOnly
