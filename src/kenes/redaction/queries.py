"""What is asked of reviews: which findings nobody has decided about, what was taken out, what is kept."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from kenes.redaction.hits import Hit
from kenes.redaction.models import Decision, Original, Span
from kenes.redaction.rules import find_personal_data
from kenes.redaction.sealing import fingerprint_of
from kenes.redaction.states import Outcome


def unreviewed_hits(object_kind: str, object_id: str, text: str) -> list[Hit]:
    """Return what is found in the text and was not left there by a person: no query where nothing is."""
    return unreviewed_in(object_kind, {object_id: text}).get(object_id, [])


def unreviewed_in(object_kind: str, texts: Mapping[str, str]) -> dict[str, list[Hit]]:
    """Return the same for one text of each of many objects, by id, in at most one query."""
    found = {object_id: hits for object_id, text in texts.items() if (hits := find_personal_data(text))}
    if not found:
        return {}
    left = set(
        Decision.objects.filter(
            review__object_kind=object_kind, review__object_id__in=list(found), outcome=Outcome.LEAVE
        ).values_list("fingerprint", flat=True)
    )
    open_ = {
        object_id: [hit for hit in hits if _fingerprint(hit, object_kind, object_id, texts) not in left]
        for object_id, hits in found.items()
    }
    return {object_id: hits for object_id, hits in open_.items() if hits}


def spans_of(object_kind: str, object_id: str) -> QuerySet[Span]:
    """Return all that was taken out of an object's texts, in the order it was done."""
    found = Span.objects.filter(object_kind=object_kind, object_id=object_id)
    return found.select_related("original", "by").order_by("id")


def kept_originals(object_kind: str, object_id: str) -> QuerySet[Original]:
    """Return the originals of an object that are not erased, the earliest first."""
    found = Original.objects.filter(object_kind=object_kind, object_id=object_id, erased_at=None)
    return found.order_by("id")


def _fingerprint(hit: Hit, object_kind: str, object_id: str, texts: Mapping[str, str]) -> str:
    return fingerprint_of(hit.of(texts[object_id]), object_kind=object_kind, object_id=object_id)


def originals_due(*, at: datetime) -> QuerySet[Original]:
    """Return the originals whose time is over."""
    return Original.objects.filter(erased_at=None, kept_until__lte=at).order_by("id")
