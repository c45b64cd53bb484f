"""What is asked of reviews: which findings nobody has decided about, what was taken out, what is kept."""

from datetime import datetime

from django.db.models import QuerySet

from kenes.redaction.hits import Hit
from kenes.redaction.models import Decision, Original, Span
from kenes.redaction.rules import find_personal_data
from kenes.redaction.sealing import fingerprint_of
from kenes.redaction.states import Outcome


def unreviewed_hits(object_kind: str, object_id: str, text: str) -> list[Hit]:
    """Return what is found in the text and was not left there by a person: no query where nothing is."""
    hits = find_personal_data(text)
    if not hits:
        return []
    left = set(
        Decision.objects.filter(
            review__object_kind=object_kind, review__object_id=object_id, outcome=Outcome.LEAVE
        ).values_list("fingerprint", flat=True)
    )
    return [
        hit
        for hit in hits
        if fingerprint_of(hit.of(text), object_kind=object_kind, object_id=object_id) not in left
    ]


def spans_of(object_kind: str, object_id: str) -> QuerySet[Span]:
    """Return all that was taken out of an object's texts, in the order it was done."""
    found = Span.objects.filter(object_kind=object_kind, object_id=object_id)
    return found.select_related("original", "by").order_by("id")


def kept_originals(object_kind: str, object_id: str) -> QuerySet[Original]:
    """Return the originals of an object that are not erased, the earliest first."""
    found = Original.objects.filter(object_kind=object_kind, object_id=object_id, erased_at=None)
    return found.order_by("id")


def originals_due(*, at: datetime) -> QuerySet[Original]:
    """Return the originals whose time is over."""
    return Original.objects.filter(erased_at=None, kept_until__lte=at).order_by("id")
