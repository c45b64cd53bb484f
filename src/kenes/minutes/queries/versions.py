"""The versions of a meeting's minutes and summaries, remarks, documents."""

from django.db.models import QuerySet

from kenes.minutes.models import Document, Minutes, Remark, Rendering, Summary
from kenes.minutes.rules import is_public
from kenes.minutes.states import DocumentStage
from kenes.programme.models import Meeting


def versions_of(meeting: Meeting) -> QuerySet[Minutes]:
    """Return the versions, the newest first, without their content."""
    versions = Minutes.objects.filter(meeting=meeting).defer("content", "texts")
    return versions.select_related("made_by").order_by("-version")


def remarks_of(meeting: Meeting) -> QuerySet[Remark]:
    """Return the remarks on all the meeting's versions, in the order they were made."""
    remarks = Remark.objects.filter(minutes__meeting=meeting)
    return remarks.select_related("by", "resolved_by", "minutes").defer("minutes__content").order_by("id")


def open_remarks(meeting: Meeting) -> QuerySet[Remark]:
    """Return the remarks that nobody has resolved."""
    return Remark.objects.filter(minutes__meeting=meeting, resolved_at=None)


def documents_of(minutes: Minutes) -> QuerySet[Document]:
    """Return the version's documents as they stand: the final ones, of a draft the draft's."""
    stage = DocumentStage.FINAL if is_public(minutes) else DocumentStage.DRAFT
    documents = Document.objects.filter(minutes=minutes, stage=stage).select_related("upload")
    return documents.order_by("language", "format")


def rendering_of(minutes: Minutes) -> Rendering | None:
    """Return the rendering of the documents as they stand."""
    stage = DocumentStage.FINAL if is_public(minutes) else DocumentStage.DRAFT
    return Rendering.objects.filter(minutes=minutes, stage=stage).first()


def summaries_of(meeting: Meeting) -> QuerySet[Summary]:
    """Return the versions of the summary, the newest first."""
    return Summary.objects.filter(meeting=meeting).select_related("made_by").order_by("-version")
