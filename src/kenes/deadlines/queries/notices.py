"""What askers are still to be told, and what they were."""

from collections.abc import Iterable

from django.db.models import QuerySet

from kenes.deadlines.models import Notice


def notices_of(*, object_kind: str, object_id: str) -> QuerySet[Notice]:
    """Return every notice of an object's terms, told or not, in order."""
    found = Notice.objects.filter(term__object_kind=object_kind, term__object_id=object_id)
    return found.select_related("event").order_by("id")


def notices_owed(*, object_kind: str) -> QuerySet[Notice]:
    """Return what is still to be told of running terms, the nearest day first.

    What is done needs no notice that it would take longer.
    """
    found = Notice.objects.filter(told_at=None, term__closed_at=None, term__object_kind=object_kind)
    return found.select_related("term", "event").order_by("due_on", "id")


def notices_owed_by(*, object_kind: str, object_ids: Iterable[str]) -> dict[str, Notice]:
    """Return the most pressing notice owed of each object that owes one, by its id: one query."""
    ids = list(object_ids)
    found = notices_owed(object_kind=object_kind).filter(term__object_id__in=ids) if ids else []
    owed: dict[str, Notice] = {}
    for notice in found:
        owed.setdefault(notice.term.object_id, notice)
    return owed
