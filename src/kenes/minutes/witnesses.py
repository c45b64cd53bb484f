"""Final minutes as their leaves in the record's log should tell them."""

import json
from collections.abc import Iterator

from django.db.models import Max, Prefetch, QuerySet

from kenes.minutes.actions.documents import DOCUMENTS_KIND
from kenes.minutes.models import Document, Minutes, TakingOut
from kenes.minutes.rules import digest_of, digest_shown
from kenes.minutes.states import DocumentStage, RenderingState
from kenes.record.models import Leaf
from kenes.record.witnesses import Seen


def minutes_seen() -> Iterator[Seen]:
    """Return every version that was made final, with the hash of what it says now."""
    final = Minutes.objects.exclude(finalised_at=None).order_by("id")
    fields = ("meeting__code", "finalised_at", "version", "content", "texts")
    for code, at, version, content, texts in final.values_list(*fields).iterator():
        if at is not None:
            yield Seen(code, at, {"digest": digest_of(content, texts), "version": version}, "")


def problems_of_documents() -> Iterator[str]:
    """Return in words where the files of final minutes are not those that were logged for them last.

    What is taken out of minutes has their files made anew, and logged anew.
    """
    logged = {}
    for leaf in Leaf.objects.filter(kind=DOCUMENTS_KIND).order_by("id").iterator():
        facts = json.loads(leaf.body)["facts"]
        logged[leaf.object_id, facts["version"]] = facts["sha256"]
    for minutes in _with_files():
        kept = {f"{row.language}.{row.format}": row.upload.sha256 for row in minutes.documents.all()}
        said = logged.pop((minutes.meeting.code, minutes.version), {})
        if kept != said and not _is_being_made(minutes):
            yield f"{DOCUMENTS_KIND} {minutes.meeting.code}: the files are not those that were logged"
    for code, _version in logged:
        yield f"{DOCUMENTS_KIND} {code}: it is logged, and no minutes say so"


def _with_files() -> QuerySet[Minutes]:
    final = Document.objects.filter(stage=DocumentStage.FINAL).select_related("upload")
    rows = Minutes.objects.exclude(finalised_at=None).select_related("meeting").order_by("id")
    return rows.prefetch_related(Prefetch("documents", queryset=final), "renderings")


def _is_being_made(minutes: Minutes) -> bool:
    return not minutes.documents.all() and any(
        row.state != RenderingState.DONE for row in minutes.renderings.all()
    )


def minutes_redacted_seen() -> Iterator[Seen]:
    """Return each taking out of final minutes; the last of a version with the hash of what it shows now."""
    last = dict(TakingOut.objects.order_by().values_list("minutes").annotate(last=Max("id")))
    for row in TakingOut.objects.select_related("minutes__meeting").order_by("id").iterator():
        minutes = row.minutes
        is_last = last[minutes.pk] == row.pk
        shown = digest_shown(minutes.content, minutes.texts) if is_last else row.shown
        yield Seen(minutes.meeting.code, row.at, {"shown": shown, "version": minutes.version}, "")
