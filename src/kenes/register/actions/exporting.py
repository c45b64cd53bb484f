"""Files of the register that people ask for: asked, made by the worker, forgotten."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

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
    """Note that the file is there, unless it was to be made anew meanwhile: then it waits for that."""
    _as_asked(export).update(state=ExportState.READY, rows=rows, size=size, done_at=at)


def give_up_export(export: Export, *, at: datetime) -> None:
    """Note that the file could not be made, unless it was to be made anew meanwhile."""
    _as_asked(export).update(state=ExportState.FAILED, done_at=at)


def make_exports_anew(*, at: datetime) -> int:
    """Have every file that was made, or is being made, made anew, as if asked for then; return how many.

    Until it is, none of them is given out: a text in them may have lost what nobody is to read.
    """
    return Export.objects.exclude(state=ExportState.FAILED).update(
        state=ExportState.WAITING, asked_at=at, attempts=0, done_at=None
    )


def _as_asked(export: Export) -> QuerySet[Export]:
    """Return the file's row while what was asked is still what was made."""
    return Export.objects.filter(pk=export.pk, asked_at=export.asked_at)


def forget_old_exports(*, before: datetime) -> list[str]:
    """Forget files asked for before a time; return their public ids."""
    with transaction.atomic():
        old = list(Export.objects.filter(asked_at__lt=before).values_list("public_id", flat=True))
        Export.objects.filter(public_id__in=old).delete()
    return old
