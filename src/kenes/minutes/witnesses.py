"""Final minutes as their leaves in the record's log should tell them."""

from collections.abc import Iterator

from kenes.minutes.models import Minutes
from kenes.minutes.rules import digest_of
from kenes.record.witnesses import Seen


def minutes_seen() -> Iterator[Seen]:
    """Return every version that was made final, with the hash of what it says now."""
    final = Minutes.objects.exclude(finalised_at=None).order_by("id")
    fields = ("meeting__code", "finalised_at", "version", "content", "texts")
    for code, at, version, content, texts in final.values_list(*fields).iterator():
        if at is not None:
            yield Seen(code, at, {"digest": digest_of(content, texts), "version": version}, "")
