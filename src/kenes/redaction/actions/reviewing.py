"""Deciding about personal data in a text, and refusing to publish what nobody has decided about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from kenes.record.actions import record_act
from kenes.redaction.errors import RedactionReasonMissing, SpanOutside, UnreviewedPersonalData
from kenes.redaction.hits import Hit, redacted
from kenes.redaction.models import Decision, Original, Review, Span
from kenes.redaction.queries import unreviewed_hits
from kenes.redaction.rules import find_personal_data
from kenes.redaction.sealing import fingerprint_of, seal
from kenes.redaction.states import Outcome
from kenes.redaction.subjects import Made, Verdict
from kenes.redaction.words import kinds_in_words

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

REASON_MOST = 200


def require_reviewed(object_kind: str, object_id: str, field: str, text: str) -> None:
    """Refuse to publish a text while something in it looks personal and nobody has decided about it.

    To be called inside the publishing act's transaction, before it changes anything.
    Raises: UnreviewedPersonalData.
    """
    hits = unreviewed_hits(object_kind, object_id, text)
    if hits:
        raise UnreviewedPersonalData(kinds=kinds_in_words({hit.kind for hit in hits}), hits=hits)


def leave_hits(  # noqa: PLR0913 a text is named by three words
    object_kind: str,
    object_id: str,
    field: str,
    text: str,
    *,
    reason: str,
    by: "AbstractBaseUser | None",
    at: datetime,
) -> None:
    """Decide that all that is found in a text may stay, for one reason (an office's telephone).

    Raises: RedactionReasonMissing.
    """
    hits = unreviewed_hits(object_kind, object_id, text)
    made = [Made(hit, Outcome.LEAVE, reason) for hit in hits]
    if made:
        decide_hits(object_kind, object_id, Verdict(field, text, made, by, at))


def decide_hits(object_kind: str, object_id: str, verdict: Verdict) -> str:
    """Keep the decisions about a text; return it with markers in the place of what is taken out.

    The caller stores the returned text in the same transaction. The text before is sealed and kept
    for `REDACTION_DAYS`. Raises: SpanOutside, RedactionReasonMissing.
    """
    _refuse(verdict)
    out = sorted(made.hit for made in verdict.made if made.outcome == Outcome.REDACT)
    with transaction.atomic():
        review = Review.objects.create(
            object_kind=object_kind,
            object_id=object_id,
            field=verdict.field,
            hits=len(find_personal_data(verdict.text)),
            by_id=_id_of(verdict.by),
            at=verdict.at,
        )
        Decision.objects.bulk_create(_decision(review, made, verdict.text) for made in verdict.made)
        if out:
            _keep_original(object_kind, object_id, verdict)
        record_act(
            act="decide_hits",
            object_kind=object_kind,
            object_id=object_id,
            by=verdict.by,
            at=verdict.at,
            detail={
                "field": verdict.field,
                "redacted": [hit.kind.value for hit in out],
                "left": [made.hit.kind.value for made in verdict.made if made.outcome == Outcome.LEAVE],
            },
        )
    return redacted(verdict.text, out)


def _refuse(verdict: Verdict) -> None:
    hits = sorted(made.hit for made in verdict.made)
    if not hits or any(not 0 <= hit.start < hit.end <= len(verdict.text) for hit in hits):
        raise SpanOutside
    if any(first.end > second.start for first, second in pairwise(hits)):
        raise SpanOutside
    if any(made.outcome == Outcome.LEAVE and not made.reason.strip() for made in verdict.made):
        raise RedactionReasonMissing


def _decision(review: Review, made: Made, text: str) -> Decision:
    return Decision(
        review=review,
        kind=made.hit.kind,
        certainty=made.hit.certainty,
        outcome=made.outcome,
        reason=made.reason.strip()[:REASON_MOST],
        fingerprint=fingerprint_of(
            made.hit.of(text), object_kind=review.object_kind, object_id=review.object_id
        ),
    )


def seal_original(object_kind: str, object_id: str, field: str, text: str, *, at: datetime) -> Original:
    """Seal and keep a text for `REDACTION_DAYS`."""
    return Original.objects.create(
        object_kind=object_kind,
        object_id=object_id,
        field=field,
        sealed=seal(text),
        kept_until=at + timedelta(days=settings.REDACTION_DAYS),
    )


def _keep_original(object_kind: str, object_id: str, verdict: Verdict) -> None:
    original = seal_original(object_kind, object_id, verdict.field, verdict.text, at=verdict.at)
    taken: Sequence[Made] = [made for made in verdict.made if made.outcome == Outcome.REDACT]
    Span.objects.bulk_create(_span(original, made.hit, made.reason, verdict) for made in taken)


def _span(original: Original, hit: Hit, reason: str, verdict: Verdict) -> Span:
    return Span(
        original=original,
        object_kind=original.object_kind,
        object_id=original.object_id,
        field=original.field,
        start=hit.start,
        end=hit.end,
        kind=hit.kind,
        reason=reason.strip()[:REASON_MOST],
        by_id=_id_of(verdict.by),
        at=verdict.at,
    )


def _id_of(by: "AbstractBaseUser | None") -> int | None:
    return None if by is None else by.pk
