"""Originals of redacted texts: each look recorded, and erased when their time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kenes.record.actions import record_act
from kenes.redaction.errors import NothingToReview
from kenes.redaction.models import Original
from kenes.redaction.queries import kept_originals, originals_due
from kenes.redaction.sealing import unseal
from kenes.redaction.subjects import subject_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

ERASED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it was before a redaction."""

    field: str
    text: str
    kept_until: datetime


def see_originals(object_kind: str, object_id: str, *, by: "AbstractBaseUser", at: datetime) -> list[Seen]:
    """Open what is kept of an object's texts, and record that this person looked.

    Whether the person may is for the subject to say. Raises: NothingToReview where none is kept.
    """
    with transaction.atomic():
        kept = list(kept_originals(object_kind, object_id).filter(kept_until__gt=at))
        if not kept:
            raise NothingToReview
        record_act(act="see_originals", object_kind=object_kind, object_id=object_id, by=by, at=at)
    opened = ((original, unseal(original.sealed)) for original in kept)
    return [Seen(row.field, text, row.kept_until) for row, text in opened if text is not None]


def erase_due_originals(*, at: datetime) -> int:
    """Erase the originals whose time is over, with all else that is kept of them; return how many.

    In the log the commitments to these texts lose their nonces: it stays valid.
    """
    return _erase(list(originals_due(at=at)[:ERASED_AT_ONCE]), at=at)


def erase_originals(object_kind: str, object_ids: Iterable[str], *, at: datetime) -> int:
    """Erase the originals of these objects at once (their person is erased); return how many."""
    kept = Original.objects.filter(object_kind=object_kind, object_id__in=list(object_ids), erased_at=None)
    return _erase(list(kept.order_by("id")), at=at)


def _erase(originals: Iterable[Original], *, at: datetime) -> int:
    erased = 0
    for original in originals:
        with transaction.atomic():
            original.sealed, original.erased_at = "", at
            original.save(update_fields=["sealed", "erased_at"])
            subject_of(original.object_kind).forget(original.object_id)
            record_act(
                act="erase_original",
                object_kind=original.object_kind,
                object_id=original.object_id,
                by=None,
                at=at,
                detail={"field": original.field},
            )
        erased += 1
    return erased
