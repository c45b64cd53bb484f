"""The asker was told of an extension, or of passing on: by when and how stands beside what was due."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.deadlines.actions.terms import key_of
from kenes.deadlines.errors import AlreadyTold
from kenes.deadlines.models import Notice
from kenes.deadlines.states import NoticeWay
from kenes.record.actions import record_act


@transaction.atomic
def note_told(notice: Notice, *, way: NoticeWay, by: AbstractBaseUser | None, at: datetime) -> None:
    """Note that the asker was told. Raises: AlreadyTold.

    Source: Administrative Procedure Code, art. 65, 76(3).
    """
    held = Notice.objects.select_for_update().select_related("term").get(pk=notice.pk)
    if held.told_at is not None:
        raise AlreadyTold
    held.told_at, held.way, held.by_id = at, way, key_of(by)
    held.save(update_fields=["told_at", "way", "by"])
    record_act(
        act="note_told",
        object_kind=held.term.object_kind,
        object_id=held.term.object_id,
        by=by,
        at=at,
        detail={"notice": held.kind, "due_on": held.due_on.isoformat(), "way": way.value},
    )
