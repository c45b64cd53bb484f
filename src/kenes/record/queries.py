"""Reading the record."""

from django.db.models import QuerySet

from kenes.record.models import Entry


def entries_about(object_kind: str, object_id: str) -> QuerySet[Entry]:
    """Return what was done to one object, in the order it was recorded, with who did it."""
    return (
        Entry.objects.filter(object_kind=object_kind, object_id=object_id).select_related("by").order_by("id")
    )
