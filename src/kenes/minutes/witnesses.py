"""Final minutes as their leaves in the record's log should tell them."""

from collections.abc import Iterator

from django.db.models import Max

from kenes.minutes.models import Minutes, TakingOut
from kenes.minutes.rules import digest_of, digest_shown
from kenes.record.witnesses import Seen


def minutes_seen() -> Iterator[Seen]:
    """Return every version that was made final, with the hash of what it says now."""
    final = Minutes.objects.exclude(finalised_at=None).order_by("id")
    fields = ("meeting__code", "finalised_at", "version", "content", "texts")
    for code, at, version, content, texts in final.values_list(*fields).iterator():
        if at is not None:
            yield Seen(code, at, {"digest": digest_of(content, texts), "version": version}, "")


def minutes_redacted_seen() -> Iterator[Seen]:
    """Return each taking out of final minutes; the last of a version with the hash of what it shows now."""
    last = dict(TakingOut.objects.order_by().values_list("minutes").annotate(last=Max("id")))
    for row in TakingOut.objects.select_related("minutes__meeting").order_by("id").iterator():
        minutes = row.minutes
        is_last = last[minutes.pk] == row.pk
        shown = digest_shown(minutes.content, minutes.texts) if is_last else row.shown
        yield Seen(minutes.meeting.code, row.at, {"shown": shown, "version": minutes.version}, "")
