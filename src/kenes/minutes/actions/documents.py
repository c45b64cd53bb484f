"""The documents of a version, which the worker makes: claimed, kept, or failed and tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from kenes.files.actions import drop_uploads
from kenes.files.models import Upload
from kenes.minutes.models import Document, Rendering
from kenes.minutes.states import DocumentStage, RenderingState
from kenes.record.actions import Fact, append_leaves, record_act

DOCUMENTS_KIND = "minutes-documents"
# Longer than any document takes; a rendering whose worker died is taken again after it.
LEASE = timedelta(minutes=5)
RETRY_PAUSES = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))
ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that was made and kept as a file."""

    language: str
    format: str
    upload: Upload


def claim_rendering(*, at: datetime) -> Rendering | None:
    """Take the rendering that has been due longest, for the time of a lease; None where nothing is."""
    due = Rendering.objects.filter(state=RenderingState.WAITING, not_before__lte=at)
    if not due.exists():  # asked outside the transaction: no writer waits for nothing
        return None
    with transaction.atomic():
        rendering = due.select_for_update(of=("self",)).select_related("minutes__meeting").first()
        if rendering is not None:
            rendering.attempts += 1
            rendering.not_before = at + LEASE
            rendering.save(update_fields=["attempts", "not_before"])
    return rendering


def keep_documents(rendering: Rendering, documents: Sequence[NewDocument], *, at: datetime) -> None:
    """Keep a version's documents; those of final minutes are in the log with their hashes."""
    with transaction.atomic():
        fresh = Rendering.objects.select_for_update().get(pk=rendering.pk)
        if fresh.state == RenderingState.DONE or fresh.at != rendering.at:
            # Made already, or asked for again meanwhile: these may hold what has gone since.
            drop_uploads(document.upload for document in documents)
            return
        Document.objects.bulk_create(
            Document(
                minutes=rendering.minutes,
                stage=rendering.stage,
                language=document.language,
                format=document.format,
                upload=document.upload,
                at=at,
            )
            for document in documents
        )
        Rendering.objects.filter(pk=rendering.pk).update(state=RenderingState.DONE, last_error="")
        if rendering.stage == DocumentStage.FINAL:
            _log_hashes(rendering, documents, at=at)


def note_rendering_failure(rendering: Rendering, *, error: str, at: datetime) -> None:
    """Note that the documents could not be made; they are tried again after growing pauses."""
    gives_up = rendering.attempts > len(RETRY_PAUSES)
    pause = timedelta(0) if gives_up else RETRY_PAUSES[rendering.attempts - 1]
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.FAILED if gives_up else RenderingState.WAITING,
        not_before=at + pause,
        last_error=error[:ERROR_LENGTH],
    )


def _log_hashes(rendering: Rendering, documents: Sequence[NewDocument], *, at: datetime) -> None:
    minutes = rendering.minutes
    hashes = {f"{one.language}.{one.format}": one.upload.sha256 for one in documents}
    facts = {"digest": minutes.digest, "sha256": hashes, "version": minutes.version}
    append_leaves([Fact(DOCUMENTS_KIND, "minutes", minutes.meeting.code, at, facts)])
    record_act(
        act="keep_documents",
        object_kind="minutes",
        object_id=minutes.meeting.code,
        by=None,
        at=at,
        detail=facts,
    )
