"""The worker's part: the search kept in step, files that people asked for."""

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from huey import crontab

from kenes.core.jobs import jobs
from kenes.register.actions import (
    finish_export,
    forget_old_exports,
    give_up_export,
    index_changed_questions,
    start_export,
)
from kenes.register.exports import write_csv, write_xlsx
from kenes.register.forms import filter_of
from kenes.register.models import Export
from kenes.register.queries import questions_of
from kenes.register.states import ExportFormat, ExportState

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=3)
WRITERS = {ExportFormat.CSV: write_csv, ExportFormat.XLSX: write_xlsx}


def keep_register() -> int:
    """Read all that changed since the last time; return how many questions were read."""
    total = 0
    while read := index_changed_questions():
        total += read
    return total


def export_path(export: Export) -> Path:
    """Return where the file of an export stands."""
    return Path(settings.DATA_DIR) / "exports" / f"{export.public_id}.{export.format}"


def make_waiting_exports() -> int:
    """Make every file that waits; return how many were taken."""
    taken = 0
    while (export := start_export()) is not None:
        taken += 1
        if export.state == ExportState.WAITING:
            _make(export)
    return taken


def _make(export: Export) -> None:
    """Write beside its place and move it there, so that no reader meets half a file."""
    path = export_path(export)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        with translation.override(export.language), transaction.atomic(using="snapshot"):
            questions = questions_of(filter_of(export.query), using="snapshot")
            rows = WRITERS[ExportFormat(export.format)](unfinished, questions, using="snapshot")
        unfinished.replace(path)
    except Exception:
        logger.exception("The file %s could not be made", export.public_id)
        unfinished.unlink(missing_ok=True)
        give_up_export(export, at=timezone.now())
    else:
        finish_export(export, rows=rows, size=path.stat().st_size, at=timezone.now())


@jobs.task()  # type: ignore[untyped-decorator]
def make_exports() -> None:
    """Nudged when a file is asked for."""
    make_waiting_exports()


@jobs.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def make_exports_left() -> None:
    """Each minute: files whose nudge was lost."""
    make_waiting_exports()


@jobs.periodic_task(crontab(minute="43"))  # type: ignore[untyped-decorator]
def forget_exports() -> None:
    """Each hour: files that were kept long enough."""
    for public_id in forget_old_exports(before=timezone.now() - KEPT_FOR):
        for file_format in ExportFormat.values:
            path = Path(settings.DATA_DIR) / "exports" / f"{public_id}.{file_format}"
            path.unlink(missing_ok=True)
