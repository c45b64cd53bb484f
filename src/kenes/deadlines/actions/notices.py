"""The asker was told of an extension, or of passing on: by when and how stands beside what was due."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.deadlines.actions.terms import key_of
from kenes.deadlines.errors import AlreadyTold
from kenes.deadlines.models import Notice, Term
from kenes.deadlines.reckoning import Reckoning
from kenes.deadlines.states import DutyKind, NoticeWay
from kenes.record.actions import record_act


def move_notices(held: Term, reckoning: Reckoning, *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Let what the asker is still to be told fall due by the day that the calendar now gives for it.

    The term is locked. What was told keeps the day that stood then; old and new day are on the record.
    """
    days = {(duty.kind, duty.since): duty.due_on for run in reckoning.runs for duty in run.duties}
    untold = Notice.objects.select_for_update(of=("self",)).filter(term=held, told_at=None)
    for notice in untold.select_related("event").order_by("id"):
        due_on = days.get((DutyKind(notice.kind), notice.event.at), notice.due_on)
        if due_on != notice.due_on:
            _move(notice, held, due_on, by=by, at=at)


def _move(notice: Notice, held: Term, due_on: date, *, by: AbstractBaseUser | None, at: datetime) -> None:
    record_act(
        act="move_notice",
        object_kind=held.object_kind,
        object_id=held.object_id,
        by=by,
        at=at,
        detail={
            "notice": notice.kind,
            "from": notice.due_on.isoformat(),
            "to": due_on.isoformat(),
            "calendar": str(held.edition),
        },
    )
    notice.due_on = due_on
    notice.save(update_fields=["due_on"])


@transaction.atomic
def note_told(notice: Notice, *, way: NoticeWay, by: AbstractBaseUser | None, at: datetime) -> None:
    """Note that the asker was told. Raises: AlreadyTold.

    Source: Administrative Procedure Code, art. 65, 76(3).
    """
    # The row alone: who follows a calendar holds the term first, and then its notices.
    held = Notice.objects.select_for_update(of=("self",)).select_related("term").get(pk=notice.pk)
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
