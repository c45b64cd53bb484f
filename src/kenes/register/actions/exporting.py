"""Files of the register that people ask for: asked, made by the worker, forgotten."""

from datetime import datetime, timedelta

from django.db import transaction

from kenes.register.errors import TooManyExports
from kenes.register.models import Export
from kenes.register.queries import waiting_exports
from kenes.register.states import ExportState

MOST_WAITING = 10
# The same file asked for again so soon is the same file.
FRESH = timedelta(minutes=10)
ATTEMPTS = 3


def ask_for_export(*, query: str, file_format: str, language: str, at: datetime) -> Export:
    """Ask the worker for a file; one just made or still waiting serves again. Raises: TooManyExports."""
    wanted = {"query": query, "format": file_format, "language": language}
    alike = Export.objects.filter(**wanted, asked_at__gt=at - FRESH)
    found = alike.exclude(state=ExportState.FAILED).order_by("-pk").first()
    if found is not None:
        return found
    with transaction.atomic():
        if waiting_exports().count() >= MOST_WAITING:
            raise TooManyExports
        return Export.objects.create(**wanted, asked_at=at)


def start_export() -> Export | None:
    """Take the file that waits longest; one whose making ended the worker too often has failed."""
    export = waiting_exports().first()
    if export is None:
        return None
    export.attempts += 1
    if export.attempts > ATTEMPTS:
        export.state = ExportState.FAILED
    export.save(update_fields=["attempts", "state"])
    return export


def finish_export(export: Export, *, rows: int, size: int, at: datetime) -> None:
    """Note that the file is there."""
    export.state, export.rows, export.size, export.done_at = ExportState.READY, rows, size, at
    export.save(update_fields=["state", "rows", "size", "done_at"])


def give_up_export(export: Export, *, at: datetime) -> None:
    """Note that the file could not be made."""
    export.state, export.done_at = ExportState.FAILED, at
    export.save(update_fields=["state", "done_at"])


def forget_old_exports(*, before: datetime) -> list[str]:
    """Forget files asked for before a time; return their public ids."""
    with transaction.atomic():
        old = list(Export.objects.filter(asked_at__lt=before).values_list("public_id", flat=True))
        Export.objects.filter(public_id__in=old).delete()
    return old
