"""Parts that other units answer, as files and other programs get them: public fields, codes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kenes.core.languages import in_languages
from kenes.deadlines.queries import is_overdue
from kenes.questions.models import Part, Question
from kenes.questions.rows import in_utc
from kenes.questions.states import PartState

Row = dict[str, Any]


def parts_of(questions: Iterable[Question], *, on: date, using: str = "default") -> dict[int, list[Row]]:
    """Return the parts of each question that has any, in the order they were passed on: one query.

    `on` is the day that decides which of those that wait are late.
    """
    ids = [question.pk for question in questions]
    found = Part.objects.using(using).filter(question__in=ids).select_related("organisation", "term")
    rows: dict[int, list[Row]] = {}
    for part in found.order_by("id") if ids else ():
        rows.setdefault(part.question_id, []).append(_row(part, on=on))
    return rows


def _row(part: Part, *, on: date) -> Row:
    state = _state(part)
    return {
        "unit": in_languages(part.organisation, "name"),
        "subject": part.subject,
        "due": part.term.due_on.isoformat(),
        "state": state.value,
        "is_late": part.is_late or (state is PartState.WAITING and is_overdue(part.term, on=on)),
        "answer": _answer(part),
    }


def _state(part: Part) -> PartState:
    if part.answered_at is not None:
        return PartState.ANSWERED
    return PartState.WAITING if part.ended_at is None else PartState.ENDED


def _answer(part: Part) -> Row | None:
    if part.answered_at is None:
        return None
    texts = {"kk": part.answer_kk, "ru": part.answer_ru}
    return {"by": part.answered_by, "texts": texts, "at": in_utc(part.answered_at)}
