"""Each question with its class: one definition in SQL, from which every number and every list comes."""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from kenes.core.listing import day_begins, day_ends
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class
from kenes.deadlines.queries import terms_overdue
from kenes.organisations.models import Organisation
from kenes.questions.models import Answer, Assignment, Question
from kenes.questions.states import AnswerForm, QuestionState

S = QuestionState
_COUNTED = """
WITH told (meeting, body, class, merged_into) AS MATERIALIZED ({each})
SELECT meeting, body, class, count(*), count(merged_into) FROM told GROUP BY meeting, body, class
"""
OWED = (S.ASSIGNED, S.DRAFTED, S.CLEARED)


def questions_of(scope: Scope) -> QuerySet[Question]:
    """Return all that was asked in the scope, whatever became of it; the body is not looked at."""
    digits = scope.region[:2]
    conditions: dict[str, Any] = {
        "meeting__session__campaign__slug": scope.campaign,
        "meeting__session__public_id": scope.session,
        "meeting__code": scope.meeting.upper(),
        "meeting__session__region__kato": digits and f"{digits}0000000",
        "asked_at__gte": scope.since and day_begins(scope.since),
        "asked_at__lt": scope.until and day_ends(scope.until),
    }
    asked = Question.objects.filter(**{name: value for name, value in conditions.items() if value})
    if scope.sphere:
        asked = asked.filter(Q(meeting__sphere=scope.sphere) | Q(meeting__second_sphere=scope.sphere))
    return asked


def classified(scope: Scope, *, today: date) -> QuerySet[Any]:
    """Return the scope's questions annotated with `coverage` (a `Class`) and `body` (an organisation's id).

    A merged question counts as the one it was merged into. The body is the one that gave the answer that
    stands, else the unit that owes or owed it; before any assignment, the meeting's host.
    """
    found = questions_of(scope).annotate(
        counted=Coalesce("merged_into_id", "id", output_field=IntegerField()),
        counted_code=Coalesce("merged_into__code", "code"),
        counted_state=Coalesce("merged_into__state", "state"),
    )
    found = found.annotate(body=_body(), coverage=_class(today))
    return found.filter(body__in=_bodies(scope.body)) if scope.body else found


def numbers_of(scope: Scope, *, today: date) -> list[tuple[int, int, str, int, int]]:
    """Return (meeting, body, `Class`, number, of them merged) of the scope's questions.

    What each of them is, is told first and counted after: in one step SQLite tells it again and again.
    """
    told = classified(scope, today=today).order_by()
    each, params = told.values_list("meeting", "body", "coverage", "merged_into").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(each=each), params)
        return list(cursor.fetchall())


def _bodies(public_id: str) -> Subquery:
    return Subquery(Organisation.objects.filter(public_id=public_id).values("pk"))


def _body() -> Coalesce:
    gave = Subquery(_standing_answers().values("organisation_id")[:1])
    last = Assignment.objects.filter(question=OuterRef("counted")).order_by("-id")
    return Coalesce(
        Case(When(counted_state=S.ANSWERED, then=gave), default=None, output_field=IntegerField()),
        Subquery(last.values("organisation_id")[:1]),
        F("meeting__host_id"),
        output_field=IntegerField(),
    )


def _class(today: date) -> Case:
    """The rules, read from the top: the first that fits holds."""
    # Not asked of each question: one set of codes, which both databases look up in memory.
    overdue = terms_overdue(on=today).filter(object_kind="question", part_of=None).order_by()
    return Case(
        When(counted_state=S.ANSWERED, then=_answered()),
        When(counted_state=S.REFUSED, then=Value(Class.REFUSED)),
        When(counted_state=S.PASSED_ON, then=Value(Class.PASSED_ON)),
        When(counted_state=S.WITHDRAWN, then=Value(Class.WITHDRAWN)),
        When(counted_code__in=overdue.values("object_id"), then=Value(Class.OVERDUE)),
        When(counted_state__in=OWED, then=Value(Class.NOT_YET_DUE)),
        default=Value(Class.WAITING),
        output_field=CharField(),
    )


def _answered() -> Coalesce:
    """By the answer that stands: the last that was not taken back."""
    kind = Case(
        When(form=AnswerForm.ALOUD, then=Value(Class.ALOUD)),
        When(is_late=True, then=Value(Class.LATE)),
        default=Value(Class.IN_TIME),
        output_field=CharField(),
    )
    # No answer stands in this state only while a mistake is being taken back.
    standing = _standing_answers().annotate(kind=kind)
    return Coalesce(Subquery(standing.values("kind")[:1]), Value(Class.WAITING))


def _standing_answers() -> QuerySet[Answer]:
    return Answer.objects.filter(question=OuterRef("counted"), retracted_at=None).order_by("-id")


def timed_answers(scope: Scope, *, today: date) -> QuerySet[Answer]:
    """Return the written answers whose working days are known: of each question the last that stands."""
    counted = classified(scope, today=today).filter(merged_into=None).values("pk")
    timed = Answer.objects.filter(
        form=AnswerForm.WRITTEN, retracted_at=None, working_days__isnull=False
    ).order_by()
    later = timed.filter(question=OuterRef("question"), pk__gt=OuterRef("pk"))
    return timed.filter(~Exists(later), question__in=counted)
