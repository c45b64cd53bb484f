"""The list that a figure opens onto: its questions, as the public may see each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from kenes.core.languages import LocalizedText, localized
from kenes.coverage.figures import ASKED, CLASSES, DEFINITIONS, MEDIAN, MERGED, NINETIETH
from kenes.coverage.queries import classified
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class
from kenes.deadlines.models import Term
from kenes.organisations.models import Organisation
from kenes.questions.models import Answer
from kenes.questions.rules import is_text_public
from kenes.questions.states import HAS_PAGE, AnswerForm

BY_NAME = {figure.name: figure for figure in DEFINITIONS}
_CLASS_OF = {figure.name: each for each, figure in CLASSES.items()}


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    """A question of a figure's list. `text` is "" and `has_page` false where it is not public.

    `due_on` is of the running term; `working_days` of the written answer that stands.
    """

    code: str
    text: str
    language: str
    has_page: bool
    class_: Class
    asked_at: datetime
    zone: str
    meeting: str
    body: LocalizedText
    due_on: date | None
    working_days: int | None
    merged_into: str


def rows_of(name: str, scope: Scope, *, today: date) -> QuerySet[Any]:
    """Return the questions that the figure of a name counts, in the order they are listed.

    `name` is one of `BY_NAME`. The number of rows is the figure's number; a percentile's rows are
    the written answers it was taken from.
    """
    rows = classified(scope, today=today).order_by("-id")
    if name == MERGED.name:
        return rows.filter(merged_into__isnull=False)
    if name in {MEDIAN.name, NINETIETH.name}:
        took: QuerySet[Any] = rows.filter(merged_into=None).annotate(took=_took()).exclude(took=None)
        return took.order_by("took", "-id")
    return rows if name == ASKED.name else rows.filter(coverage=_CLASS_OF[name])


def with_companions(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with all at hand that `listed` shows."""
    due = Term.objects.filter(
        object_kind="question", object_id=OuterRef("counted_code"), part_of=None, closed_at=None
    )
    due_on = Subquery(due.order_by("due_on").values("due_on")[:1])
    found: QuerySet[Any] = rows.select_related("meeting", "merged_into").annotate(due_on=due_on, days=_took())
    return found


def listed(rows: Iterable[Any]) -> list[ListedQuestion]:
    """Return the rows as the public may see them: one query more, for the bodies."""
    found = list(rows)
    bodies = Organisation.objects.in_bulk({row.body for row in found})
    return [_listed(row, bodies[row.body]) for row in found]


def cells(row: ListedQuestion) -> Sequence[object]:
    """Return the row as a line of CSV."""
    return (
        row.code,
        row.class_.value,
        row.meeting,
        row.asked_at,
        row.body,
        row.due_on,
        row.working_days,
        row.merged_into,
        row.language,
        row.text,
    )


CSV_HEADER = (
    *("code", "class", "meeting", "asked_at", "body", "due_on"),
    *("working_days", "merged_into", "language", "text"),
)


def _listed(row: Any, body: Organisation) -> ListedQuestion:
    has_page = row.state in HAS_PAGE
    return ListedQuestion(
        code=row.code,
        text=row.text if has_page and is_text_public(row) else "",
        language=row.language,
        has_page=has_page,
        class_=Class(row.coverage),
        asked_at=row.asked_at,
        zone=row.meeting.zone,
        meeting=row.meeting.code,
        body=localized(body, "name"),
        due_on=row.due_on,
        working_days=row.days,
        merged_into=row.merged_into.code if row.merged_into else "",
    )


def _took() -> Subquery:
    written = Answer.objects.filter(question=OuterRef("pk"), form=AnswerForm.WRITTEN, retracted_at=None)
    standing = written.filter(working_days__isnull=False).order_by("-id")
    return Subquery(standing.values("working_days")[:1])
