"""The load of units and of their people: what is owed, late, due soon, not accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from kenes.accounts.models import User
from kenes.answering.models import DraftVersion
from kenes.organisations.models import Organisation
from kenes.questions.models import Assignment, Question

SOON = timedelta(days=5)  # calendar days: a working week from any weekday holds at least three working days


@dataclass(frozen=True, slots=True)
class Load:
    """How much one unit or one writer has: `who` is None for what nobody has begun."""

    who: Organisation | User | None
    owed: int
    late: int
    soon: int
    not_accepted: int
    oldest_due_on: date | None


@dataclass(frozen=True, slots=True)
class _Owed:
    unit_id: int
    writer_id: int | None
    is_accepted: bool
    due_on: date | None
    is_late: bool


def load_by_unit(questions: QuerySet[Question], units: Sequence[Organisation], *, today: date) -> list[Load]:
    """Return the load of each unit of a queue that owes something, the one with most late first."""
    owed = _owed(questions)
    loads = [_load(unit, [row for row in owed if row.unit_id == unit.pk], today) for unit in units]
    return sorted((load for load in loads if load.owed), key=lambda load: (-load.late, -load.owed))


def load_by_writer(questions: QuerySet[Question], *, today: date) -> list[Load]:
    """Return the load by who wrote the last version, and last what nobody has begun."""
    owed = _owed(questions)
    writers = User.objects.in_bulk({row.writer_id for row in owed if row.writer_id is not None})
    loads = [_load(user, [row for row in owed if row.writer_id == pk], today) for pk, user in writers.items()]
    nobody = _load(None, [row for row in owed if row.writer_id not in writers], today)
    ordered = sorted(loads, key=lambda load: (-load.late, -load.owed))
    return [*ordered, nobody] if nobody.owed else ordered


def _owed(questions: QuerySet[Question]) -> list[_Owed]:
    running = Assignment.objects.filter(question=OuterRef("pk"), ended_at=None).order_by("-id")
    versions = DraftVersion.objects.filter(
        draft__assignment__question=OuterRef("pk"), draft__assignment__ended_at=None
    )
    rows = questions.order_by("pk").annotate(
        unit=Subquery(running.values("organisation")[:1]),
        accepted=Subquery(running.values("accepted_at")[:1]),
        writer=Subquery(versions.order_by("-number").values("by")[:1]),
    )
    fields = ("unit", "writer", "accepted", "due_on", "is_late")
    return [
        _Owed(unit, writer, accepted is not None, due_on, is_late)
        for unit, writer, accepted, due_on, is_late in rows.values_list(*fields)
    ]


def _load(who: Organisation | User | None, rows: Sequence[_Owed], today: date) -> Load:
    dates = [row.due_on for row in rows if row.due_on is not None]
    return Load(
        who,
        owed=len(rows),
        late=sum(row.is_late for row in rows),
        soon=sum(not row.is_late and row.due_on is not None and row.due_on <= today + SOON for row in rows),
        not_accepted=sum(not row.is_accepted for row in rows),
        oldest_due_on=min(dates, default=None),
    )
