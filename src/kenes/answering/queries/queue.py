"""The queue of an officer: what their units owe an answer to, by what is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from kenes.answering.models import DraftText
from kenes.deadlines.models import Term
from kenes.deadlines.queries import open_terms, terms_overdue
from kenes.organisations.models import Organisation
from kenes.questions.models import Assignment, Question
from kenes.questions.states import UNDER_WORK, QuestionState

OBJECT_KIND = "question"
IN_ORDER = tuple(state for state in QuestionState if state in UNDER_WORK)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What is wanted of the queue; empty: all of it. `unit` is a body's public id, `codes` none: any."""

    unit: str = ""
    state: str = ""
    sphere: str = ""
    language: str = ""
    is_late: bool = False
    codes: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many there are in all, late, and in each state."""

    total: int
    late: int
    by_state: Mapping[str, int]


def questions_in_queue(
    units: QuerySet[Organisation] | Sequence[Organisation], wanted: QueueFilter, *, today: date
) -> QuerySet[Question]:
    """Return what the units owe, late ones first, then by the date; each with `due_on` and `is_late`."""
    running = Q(assignments__ended_at=None, assignments__organisation__in=units)
    if wanted.unit:
        running &= Q(assignments__organisation__public_id=wanted.unit)
    owed = Question.objects.filter(running, state__in=UNDER_WORK)
    mine = {"object_kind": OBJECT_KIND, "object_id": OuterRef("code"), "part_of": None}
    dated = owed.annotate(
        due_on=Subquery(open_terms().filter(**mine).order_by("-id").values("due_on")[:1]),
        is_late=Exists(terms_overdue(on=today).filter(**mine)),
    )
    narrowed = _narrowed(dated, wanted)
    return narrowed.order_by(F("is_late").desc(), F("due_on").asc(nulls_last=True), "id")


def count_queue(questions: QuerySet[Any]) -> QueueCounts:
    """Count a queue in all, late, and by state: one query."""
    found = questions.order_by().values_list("state", "is_late").annotate(n=Count("pk"))
    rows = list(found)
    by_state = {state.value: sum(n for each, _late, n in rows if each == state) for state in IN_ORDER}
    late = sum(n for _state, is_late, n in rows if is_late)
    return QueueCounts(sum(by_state.values()), late, by_state)


def assignments_with_drafts(questions: Iterable[Question]) -> dict[int, Assignment]:
    """Return each question's running assignment with its unit and `last_version`, in one query."""
    ids = [question.pk for question in questions]
    running = Assignment.objects.filter(question__in=ids, ended_at=None).select_related("organisation")
    found = running.annotate(last_version=Max("draft__versions__number")).order_by("id")
    return {assignment.question_id: assignment for assignment in found} if ids else {}


def drafts_to_read(assignments: Iterable[Assignment]) -> dict[int, list[DraftText]]:
    """Return the texts of each assignment's version that stands, by the assignment, in one query."""
    ids = [assignment.pk for assignment in assignments]
    newest = Max("version__draft__versions__number")
    texts = DraftText.objects.filter(version__draft__assignment__in=ids).annotate(newest=newest)
    found: dict[int, list[DraftText]] = {}
    standing = texts.filter(version__number=F("newest")).select_related("version__draft")
    for text in standing.order_by("language"):
        found.setdefault(text.version.draft.assignment_id, []).append(text)
    return found


def terms_with_calendars(questions: Iterable[Question]) -> dict[str, Term]:
    """Return each question's running term with its calendar's days: three queries."""
    codes = [question.code for question in questions]
    running = open_terms().filter(object_kind=OBJECT_KIND, object_id__in=codes, part_of=None).order_by("id")
    found = running.select_related("edition__calendar").prefetch_related("edition__days")
    return {term.object_id: term for term in found} if codes else {}


def _narrowed(questions: QuerySet[Question], wanted: QueueFilter) -> QuerySet[Question]:
    if wanted.state:
        questions = questions.filter(state=wanted.state)
    if wanted.language:
        questions = questions.filter(language=wanted.language)
    if wanted.codes is not None:
        questions = questions.filter(code__in=wanted.codes)
    if wanted.sphere:
        spheres = Q(meeting__sphere=wanted.sphere) | Q(meeting__second_sphere=wanted.sphere)
        questions = questions.filter(spheres)
    return questions.filter(Q(is_late=True)) if wanted.is_late else questions
