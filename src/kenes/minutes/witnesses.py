"""Final minutes as their leaves in the record's log should tell them."""

from collections.abc import Iterator
from itertools import groupby

from kenes.minutes.models import Document, Minutes
from kenes.minutes.rules import digest_of
from kenes.minutes.states import DocumentStage
from kenes.record.witnesses import Seen


def minutes_seen() -> Iterator[Seen]:
    """Return every version that was made final, with the hash of what it says now."""
    final = Minutes.objects.exclude(finalised_at=None).order_by("id")
    fields = ("meeting__code", "finalised_at", "version", "content", "texts")
    for code, at, version, content, texts in final.values_list(*fields).iterator():
        if at is not None:
            yield Seen(code, at, {"digest": digest_of(content, texts), "version": version}, "")


def documents_seen() -> Iterator[Seen]:
    """Return the documents of each final version as one row, with the hashes of their files."""
    final = Document.objects.filter(stage=DocumentStage.FINAL).select_related("minutes__meeting", "upload")
    for _minutes_id, rows in groupby(final.order_by("minutes_id", "id"), lambda row: row.minutes_id):
        documents = list(rows)
        minutes = documents[0].minutes
        hashes = {f"{row.language}.{row.format}": row.upload.sha256 for row in documents}
        facts = {"digest": minutes.digest, "sha256": hashes, "version": minutes.version}
        yield Seen(minutes.meeting.code, documents[0].at, facts)
