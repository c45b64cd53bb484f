"""What happened to questions: written in the act that did it, or found by the daily look at the terms."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from kenes.core.ids import new_public_id
from kenes.core.sets import insert_rows
from kenes.deadlines.models import Term
from kenes.deadlines.queries import terms_due_soon, terms_overdue
from kenes.following.models import Happening
from kenes.following.rules import DUE_SOON_DAYS
from kenes.following.states import Kind
from kenes.questions.events import EventKind, QuestionEvent
from kenes.questions.models import Part, Question

# A unit that declines leaves the answer to the host body: for everybody else that is one more assignment.
AS_HAPPENING = {EventKind.DECLINED: Kind.ASSIGNED}
KINDS = frozenset(Kind.values)
# What the letters need of an act; the rest is read from the question itself.
KEPT_OF_DETAIL = ("number", "on", "due_on", "unit", "into", "part")


def note_events(events: Sequence[QuestionEvent]) -> None:
    """Write down what somebody may wish to be told of, in the act's transaction: one statement."""
    told = [(AS_HAPPENING.get(event.kind, event.kind.value), event) for event in events]
    insert_rows(
        Happening,
        ("public_id", "key", "kind", "question", "at", "detail", "passed"),
        (
            (new_public_id(), f"{kind}:{new_public_id()}", kind, event.question.pk, event.at, _kept(event), 0)
            for kind, event in told
            if kind in KINDS
        ),
    )


def _kept(event: QuestionEvent) -> str:
    return json.dumps({name: event.detail[name] for name in KEPT_OF_DETAIL if name in event.detail})


def note_due_terms(*, on: date, at: datetime) -> int:
    """Write down which answers, and parts of them, are due soon or overdue, each date once.

    Returns how many are new.
    """
    before = Happening.objects.count()
    soon = terms_due_soon(on=on, days=DUE_SOON_DAYS).filter(object_kind="question")
    late = terms_overdue(on=on).filter(object_kind="question")
    _note_terms(list(soon), at, whole=Kind.DUE_SOON, part=Kind.PART_SOON)
    _note_terms(list(late), at, whole=Kind.OVERDUE, part=Kind.PART_LATE)
    return Happening.objects.count() - before


def _note_terms(terms: Sequence[Term], at: datetime, *, whole: Kind, part: Kind) -> None:
    keys = {_key(term, whole if term.part_of_id is None else part): term for term in terms}
    known = set(Happening.objects.filter(key__in=keys).values_list("key", flat=True))
    new = {key: term for key, term in keys.items() if key not in known}
    codes = {term.object_id for term in new.values()}
    ids = dict(Question.objects.filter(code__in=codes).values_list("code", "pk"))
    of_parts = [term.pk for term in new.values() if term.part_of_id is not None]
    parts = dict(Part.objects.filter(term__in=of_parts).values_list("term", "public_id")) if of_parts else {}
    rows = [
        Happening(
            key=key,
            kind=whole if term.part_of_id is None else part,
            question_id=ids[term.object_id],
            at=at,
            detail=_detail(term, parts),
        )
        for key, term in new.items()
        if term.object_id in ids
    ]
    Happening.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def _detail(term: Term, parts: Mapping[int, str]) -> dict[str, str]:
    detail = {"due_on": term.due_on.isoformat()}
    return detail | {"part": parts[term.pk]} if term.pk in parts else detail


def _key(term: Term, kind: Kind) -> str:
    return f"{kind}:{term.public_id}:{term.due_on.isoformat()}"
