"""Files asked for."""

from django.db.models import QuerySet

from kenes.register.errors import ExportUnknown
from kenes.register.models import Export
from kenes.register.states import ExportState


def waiting_exports() -> QuerySet[Export]:
    """Return the files still to be made, the one asked for first at the head."""
    return Export.objects.filter(state=ExportState.WAITING).order_by("asked_at", "pk")


def find_export(public_id: str) -> Export:
    """Return a file asked for. Raises: ExportUnknown."""
    found = Export.objects.filter(public_id=public_id).first()
    if found is None:
        raise ExportUnknown
    return found
