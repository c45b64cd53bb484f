"""The worker's part: makes the documents of versions, one version at a time, outside any transaction."""

import logging
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils import timezone
from huey import crontab

from kenes.core.jobs import jobs
from kenes.core.languages import LANGUAGES
from kenes.files.actions import keep_upload
from kenes.minutes.actions import NewDocument, claim_rendering, keep_documents, note_rendering_failure
from kenes.minutes.exports import as_docx, as_pdf
from kenes.minutes.models import Rendering
from kenes.minutes.paper.making import paper_of
from kenes.minutes.states import DocumentFormat

logger = logging.getLogger(__name__)
WRITERS = {DocumentFormat.DOCX.value: as_docx, DocumentFormat.PDF.value: as_pdf}


def make_documents(*, at: datetime) -> bool:
    """Make the documents of the version that has waited longest; say whether there was one.

    A failure is noted on the row and tried again.
    """
    rendering = claim_rendering(at=at)
    if rendering is None:
        return False
    try:
        documents = _made(rendering, at=at)
    except Exception as error:
        logger.exception("The documents of %s could not be made", rendering.minutes)
        note_rendering_failure(rendering, error=f"{type(error).__name__}: {error}", at=at)
    else:
        keep_documents(rendering, documents, at=at)
    return True


def _made(rendering: Rendering, *, at: datetime) -> list[NewDocument]:
    documents = []
    for language in LANGUAGES:
        paper = paper_of(rendering.minutes, language)
        for file_format, write in WRITERS.items():
            minutes = rendering.minutes
            name = f"{minutes.meeting.code}-minutes-{minutes.version}-{language}.{file_format}"
            upload = keep_upload(ContentFile(write(paper), name=name), by=None, at=at)
            documents.append(NewDocument(language, file_format, upload))
    return documents


@jobs.task()  # type: ignore[untyped-decorator]
def make_documents_soon() -> None:
    """A nudge after an act that wants documents."""
    make_waiting_documents.call_local()


@jobs.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def make_waiting_documents() -> None:
    """Each minute: make what still waits."""
    while make_documents(at=timezone.now()):
        pass
