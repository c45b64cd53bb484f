"""Rows that are added and never changed or removed: the record, the ledgers."""

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict

Row = TypeVar("Row", bound=models.Model)


class RowIsAppendOnly(Conflict):
    type = "row-is-append-only"
    message = _("What is on record is never changed or removed. Please add a new entry.")


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Refuses every change and removal by query."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise RowIsAppendOnly

    def delete(self) -> NoReturn:
        raise RowIsAppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RowIsAppendOnly


AppendOnlyManager = models.Manager.from_queryset(AppendOnlyQuerySet)


class AppendOnlyModel(models.Model):
    """A row that can only be added. (An account that is erased still leaves its rows: the database
    empties the reference to it by itself.)"""

    objects = AppendOnlyManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RowIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RowIsAppendOnly
